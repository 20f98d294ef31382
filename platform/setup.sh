#!/bin/sh
# Sees to it that the machine can build: compiler, OpenSSL's headers, V8. Says in one line what is
# missing, installs it when it may (root on a Debian-like system), and finds or fetches V8.
#
#   setup.sh build OUT   checks what building needs; writes to OUT, for make, where V8 is
#   setup.sh test        checks what the tests need besides
#
# Environment, all set by the Makefile: CXX, CROSS and TARGET (its line in config.mk's table), V8
# (auto, system, fetch or prefix), V8_PREFIX, BUILD, TLS (0 builds without OpenSSL).
set -eu
root=$PWD

say() { echo "setup: $*" >&2; }
die() { say "$*"; exit 1; }

debian_like() { command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1; }
may_install() { debian_like && [ "$(id -u)" = 0 ] && [ -z "${NODE_NO_INSTALL:-}" ]; }

# --- packages -----------------------------------------------------------------------------

apt_options=
# Makes the package lists usable: the system's own when there are any or when we may fetch them,
# else a private set below build/, which needs no rights.
apt_ready=
ready_apt() {
  [ -z "$apt_ready" ] || return 0
  apt_ready=yes
  if ! has_lists && may_install; then
    update_apt
  elif ! has_lists; then
    private_apt
    has_lists || update_apt
  fi
}
has_lists() { apt-cache $apt_options policy libnode-dev 2>/dev/null | grep -q 'Candidate: [0-9]'; }
update_apt() {
  say "fetching the package lists (apt-get update)"
  # A mirror with one bad index answers an error though the rest is fine: what follows tells.
  apt-get $apt_options -qq update >&2 || true
}
private_apt() {
  state=$root/$BUILD/apt
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  apt_options="-o Dir::State=$state -o Dir::State::lists=$state/lists
    -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$state/cache"
}

# install_packages PACKAGE...: installs them, or ends with one line that names them.
install_packages() {
  may_install || die "missing on this machine; install with: $(install_command) $*"
  say "installing $* (apt-get install)"
  apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]' || update_apt
  install_quietly "$@" && return 0
  update_apt
  install_quietly "$@" || die "apt-get could not install $*; $BUILD/apt.log says why"
}
install_quietly() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 \
    --no-install-recommends install "$@" </dev/null >"$BUILD/apt.log" 2>&1
}
install_command() {
  if debian_like; then echo "apt-get install"
  else echo "your system's package manager, under Debian's names:"
  fi
}

# --- what must be there -------------------------------------------------------------------

compiles() { printf '%s\n' "$1" | $CXX -std=c++20 -x c++ -fsyntax-only - >/dev/null 2>&1; }
links() { printf '%s\n' "$1" | $CXX -std=c++20 -x c++ - -o "$BUILD/probe" $2 >/dev/null 2>&1; }

# Prints the packages that building needs and that are not there.
missing_for_build() {
  if ! compiles 'int main() {}'; then
    case $CXX in
      clang*) echo "clang${CXX#clang++}" g++ ;;
      g++-*) echo "$CXX" ;;
      *) echo g++ ;;
    esac
    [ -e /usr/include/openssl/ssl.h ] || ! uses_openssl || echo libssl-dev
  elif uses_openssl && ! compiles '#include <openssl/ssl.h>'; then
    echo libssl-dev
  fi
}
uses_openssl() { [ -z "$CROSS" ] && [ "${TLS:-1}" != 0 ]; }
openssl_is_new_enough() {
  compiles '#include <openssl/opensslv.h>
    static_assert(OPENSSL_VERSION_NUMBER >= 0x10101000L);'
}

missing_for_tests() {
  command -v python3 >/dev/null 2>&1 || echo python3
  # Of a target, it is in the root that was fetched.
  [ -z "$CROSS" ] || return 0
  links '#include <gtest/gtest.h>
    int main() { testing::InitGoogleTest(); }' '-lgtest -pthread' || echo libgtest-dev
}

# --- V8 -----------------------------------------------------------------------------------

triple() { [ -z "$CROSS" ] && $CXX -dumpmachine | sed 's/-pc-linux/-linux/' || echo "$CROSS"; }

# Whether the headers in $1 are of V8 10.2 or newer.
new_enough() {
  [ -f "$1/v8-version.h" ] || return 1
  major=$(sed -n 's/#define V8_MAJOR_VERSION //p' "$1/v8-version.h")
  minor=$(sed -n 's/#define V8_MINOR_VERSION //p' "$1/v8-version.h")
  [ "$major" -gt 10 ] || { [ "$major" -eq 10 ] && [ "$minor" -ge 2 ]; }
}

# write_fragment SOURCE INCLUDE LIBDIR LIBS: LIBDIR is empty for the system's own.
write_fragment() {
  {
    echo "# Made by platform/setup.sh; remove it to look for V8 again."
    echo "V8_SOURCE := $1"
    echo "V8_INCLUDE := $2"
    echo "V8_LIBDIR := $3"
    echo "V8_LIBS := $4"
    echo "TRIPLE := $(triple)"
  } >"$out.new"
  mv "$out.new" "$out"
  say "V8 $(sed -n 's/#define V8_\(MAJOR\|MINOR\|BUILD_NUMBER\)_\{0,1\}\(VERSION\)\{0,1\} //p' \
    "$2/v8-version.h" | tr '\n' ' ' | sed 's/ $//; s/ /./g') from $1 (${3:-the system})"
}

v8_system() {
  [ -z "$CROSS" ] || return 1
  for include in /usr/include/node /usr/include/v8 /usr/include; do
    for lib in node v8; do
      # Other vendors' node packages bring headers without a library: both must be there.
      if new_enough "$include" && links 'int main() {}' "-l$lib"; then
        write_fragment system "$include" "" "-l$lib"
        return 0
      fi
    done
  done
  return 1
}

has_library() { [ -e "$1.so" ] || [ -e "$1.dylib" ] || [ -e "$1.a" ]; }
v8_prefix() {
  [ -n "$V8_PREFIX" ] ||
    die "V8=prefix needs V8_PREFIX=, the folder that has include/ and lib/ of V8"
  for include in "$V8_PREFIX/include/node" "$V8_PREFIX/include/v8" "$V8_PREFIX/include"; do
    for libdir in "$V8_PREFIX/lib/$(triple)" "$V8_PREFIX/lib"; do
      for lib in node v8 v8_monolith; do
        if new_enough "$include" && has_library "$libdir/lib$lib"; then
          # Homebrew's comes in parts.
          libs=-l$lib
          for part in v8_libplatform v8_libbase; do
            [ "$lib" != v8 ] || ! has_library "$libdir/lib$part" || libs="$libs -l$part"
          done
          write_fragment prefix "$include" "$libdir" "$libs"
          return 0
        fi
      done
    done
  done
  die "no V8 10.2 or newer (include/v8.h and lib/libv8.so or libnode.so) below V8_PREFIX=$V8_PREFIX"
}

# The packages to unpack: V8 and those libraries it needs that this machine lacks.
packages_to_fetch() {
  library=$(apt-cache $apt_options depends libnode-dev |
    sed -n 's/^ *Depends: \(libnode[0-9][0-9a-z]*\).*/\1/p' | head -n 1)
  [ -n "$library" ] || return 1
  echo libnode-dev "$library"
  apt-cache $apt_options depends "$library" | sed -n 's/^ *Depends: \([a-z][^: ]*\).*/\1/p' |
    while read -r package; do
      # Not the compiler's libraries, nor scripts of another program.
      case $package in
        libc6 | libgcc-s1 | libstdc++6 | node-*) continue ;;
      esac
      dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' ||
        echo "$package"
    done
}

v8_fetch() {
  debian_like || return 1
  dir=$BUILD/v8
  if ! new_enough "$dir/usr/include/node" || [ ! -e "$dir/usr/lib/$(triple)/libnode.so" ]; then
    ready_apt
    packages=$(packages_to_fetch) ||
      die "no package libnode-dev in the package lists; use V8=prefix"
    say "fetching V8 into $dir (no installation):" $packages
    rm -rf "$dir.new" "$BUILD/debs"
    mkdir -p "$dir.new" "$BUILD/debs"
    (cd "$BUILD/debs" && download $packages) ||
      die "could not download" $packages "; install libnode-dev, or use V8=prefix"
    for deb in "$BUILD"/debs/*.deb; do dpkg -x "$deb" "$dir.new"; done
    rm -rf "$BUILD/debs" "$BUILD/apt" "$dir"
    # What the libraries' licences ask for when they are passed on is kept.
    find "$dir.new/usr/share" -mindepth 1 -maxdepth 1 ! -name doc -exec rm -rf {} +
    prebind "$dir.new/usr/lib/$(triple)"
    mv "$dir.new" "$dir"
  fi
  write_fragment fetch "$dir/usr/include/node" "$dir/usr/lib/$(triple)" -lnode
}
# V8 for another machine, with the tools to build for it.
v8_fetch_target() {
  [ -n "$TARGET" ] || die "config.mk's table has no line for CROSS=$CROSS; use V8=prefix V8_PREFIX="
  set -- $TARGET
  sh platform/cross.sh "$CROSS" "$1" "$2" "$3"
  dir=$BUILD/cross-$CROSS/sysroot/usr
  write_fragment fetch "$dir/include/node" "$dir/lib/$2" -lnode
}
# V8 alone, static, built from the distribution's newest nodejs source: hours the first time.
v8_source() {
  [ -z "$CROSS" ] || die "V8=source builds for this machine only"
  missing=
  for tool in python3 ninja ar; do
    command -v $tool >/dev/null 2>&1 || missing="$missing $tool"
  done
  missing=$(echo $missing | sed 's/ninja/ninja-build/; s/\bar\b/binutils/')
  compiles '#include <unicode/uversion.h>' || missing="$missing libicu-dev"
  [ -z "$missing" ] || install_packages $missing
  dir=$BUILD/v8-source${V8_SUITE:+-$V8_SUITE}
  python3 platform/v8_source.py "$dir"
  # Of what is linked in, nothing has to be found, mapped and bound at each start.
  icu="-licui18n -licuuc"
  if [ -f "$($CXX -print-file-name=libicudata.a)" ]; then
    icu="-Wl,-Bstatic $icu -licudata -Wl,-Bdynamic -static-libstdc++ -static-libgcc"
  fi
  write_fragment source "$dir/include/node" "" "$root/$dir/lib/libv8.a $icu -ldl"
}
# Makes the library start faster; does nothing where the tool does not know the file format.
prebind() {
  $CXX -std=c++20 -O2 -o "$BUILD/prebind" platform/prebind.cc 2>/dev/null || return 0
  "$BUILD/prebind" "$(readlink -f "$1/libnode.so")" >&2
}
# An old list names versions that the mirror has dropped: then once more with a new one.
download() {
  apt-get $apt_options -qq -o APT::Sandbox::User=root download "$@" >&2 && return 0
  [ -n "$apt_options" ] || may_install || private_apt
  update_apt
  apt-get $apt_options -qq -o APT::Sandbox::User=root download "$@" >&2
}

# ------------------------------------------------------------------------------------------

mkdir -p "$BUILD"
case $1 in
  build)
    out=$2
    if [ -n "$CROSS" ] && [ "$V8" != prefix ] && [ -z "$V8_PREFIX" ]; then
      v8_fetch_target
      exit 0
    fi
    missing=$(missing_for_build)
    [ -z "$missing" ] || [ -n "$CROSS" ] || install_packages $missing
    missing=$(missing_for_build)
    [ -z "$missing" ] || die "still not usable after installing: $missing"
    ! uses_openssl || openssl_is_new_enough ||
      die "OpenSSL is older than 1.1.1; install a newer one, or build without: make TLS=0"
    case $V8 in
      system) v8_system || die "V8 is missing; install with: $(install_command) libnode-dev" ;;
      fetch)
        v8_fetch || die "V8=fetch needs apt-get and dpkg; use V8=system or V8=prefix V8_PREFIX=" ;;
      prefix) v8_prefix ;;
      source) v8_source ;;
      auto)
        if [ -n "$V8_PREFIX" ]; then v8_prefix
        else
          v8_system || v8_fetch ||
            die "V8 is missing; install with: $(install_command) libnode-dev (or say V8_PREFIX=)"
        fi ;;
      *) die "V8=$V8 is unknown; it may be system, fetch, source or prefix" ;;
    esac ;;
  test)
    missing=$(missing_for_tests)
    [ -z "$missing" ] || install_packages $missing ;;
  *) die "usage: setup.sh build OUT | setup.sh test" ;;
esac
rm -f "$BUILD/probe"
