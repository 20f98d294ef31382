#!/bin/sh
# Fetches what a cross build needs with the distribution's own tools (apt-get download, dpkg -x),
# without root and without touching the machine's packages: below build/cross-TRIPLE it makes
#
#   tools/     the cross compiler, where the machine has none of its own
#   qemu/      the emulator, likewise
#   bin/       what of both is called: goes into PATH
#   sysroot/   V8, OpenSSL, GoogleTest and the C and C++ libraries of the target, as one root
#
#   cross.sh TRIPLE ARCH MULTIARCH QEMU     (the columns of config.mk's table)
set -eu
triple=$1 arch=$2 multiarch=$3 qemu=$4
root=$PWD/${BUILD:-build}
home=$root/cross-$triple

say() { echo "cross: $*" >&2; }
die() { say "$*"; exit 1; }

command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 ||
  die "no apt-get here: give a compiler $triple-g++ in PATH and a V8 by V8=prefix V8_PREFIX=DIR"

# use_apt ARCH STATUS: package lists and a state of their own for one architecture. STATUS says what
# counts as installed: the machine's own list for tools, nothing for a root of the target.
use_apt() {
  state=$root/apt-$1
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  : >"$state/none"
  apt_options="-qq -o APT::Architecture=$1 -o APT::Architectures::=$1 -o Dir::State=$state
    -o Dir::State::lists=$state/lists -o Dir::State::status=$2 -o Dir::Cache=$state/cache
    -o APT::Sandbox::User=root -o Debug::NoLocking=1 -o Acquire::Languages=none"
  [ -n "$(find "$state/lists" -name '*Packages*' | head -n 1)" ] || update_apt
}
update_apt() {
  say "fetching the package lists for $(basename "$state")"
  # A mirror with one bad index answers an error though the rest is fine: what follows tells.
  apt-get $apt_options update >&2 2>"$state/log" || true
}
# The packages that installing those named would bring.
closure() {
  apt-get $apt_options -s --no-install-recommends install "$@" 2>>"$state/log" |
    sed -n 's/^Inst \([^ ]*\).*/\1/p'
}
# unpack FOLDER PACKAGE...
unpack() {
  folder=$1
  shift
  [ $# -gt 0 ] || die "the package lists do not have it; $state/log says why"
  say "fetching" "$@"
  rm -rf "$folder.new" "$state/debs"
  mkdir -p "$folder.new" "$state/debs"
  (cd "$state/debs" && download "$@") || die "could not download" "$@"
  for deb in "$state"/debs/*.deb; do dpkg -x "$deb" "$folder.new"; done
  rm -rf "$state/debs"
}
# An old list names versions that the mirror has dropped: then once more with a new one.
download() {
  apt-get $apt_options download "$@" >&2 && return 0
  update_apt
  apt-get $apt_options download "$@" >&2
}
finish() { rm -rf "$1" && mv "$1.new" "$1"; }

# --- the compiler -------------------------------------------------------------------------

# A wrapper: the tools find their own libraries below tools/.
wrap() {
  mkdir -p "$home/bin"
  cat >"$home/bin/$1" <<END
#!/bin/sh
tools=\$(dirname "\$0")/../tools
LD_LIBRARY_PATH=\$tools/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null ||
  gcc -dumpmachine) exec "\$tools/usr/bin/$1" "\$@"
END
  chmod +x "$home/bin/$1"
}
fetch_compiler() {
  ! command -v "$triple-g++" >/dev/null 2>&1 || return 0
  [ -d "$home/tools" ] || unpack_compiler
  for tool in g++ gcc ar objcopy strip; do wrap "$triple-$tool"; done
}
unpack_compiler() {
  use_apt "$(dpkg --print-architecture)" /var/lib/dpkg/status
  unpack "$home/tools" $(closure "g++-$triple")
  # The linker's scripts name the libraries by their place in an installed system.
  for script in "$home/tools.new/usr/$triple/lib/"*.so; do
    [ -L "$script" ] || ! head -c 4096 "$script" | grep -qa 'GNU ld script' ||
      sed -i "s| /usr/$triple/lib/| |g" "$script"
  done
  finish "$home/tools"
}

# --- the emulator -------------------------------------------------------------------------

fetch_qemu() {
  ! command -v "$qemu-static" >/dev/null 2>&1 || return 0
  if [ ! -x "$root/qemu/usr/bin/$qemu-static" ]; then
    use_apt "$(dpkg --print-architecture)" /var/lib/dpkg/status
    unpack "$root/qemu" qemu-user-static
    # It brings every processor there is.
    find "$root/qemu.new" -name 'qemu-*' ! -name qemu-arm-static ! -name qemu-aarch64-static \
      ! -name qemu-i386-static -type f -delete
    finish "$root/qemu"
  fi
  mkdir -p "$home/bin"
  ln -sf "../../qemu/usr/bin/$qemu-static" "$home/bin/"
}

# --- the root of the target ---------------------------------------------------------------

# V8, and what it needs; not the scripts of another program that its package asks for.
packages() {
  library=$(apt-cache $apt_options depends libnode-dev |
    sed -n 's/^ *Depends: \(libnode[0-9][0-9a-z]*\).*/\1/p' | head -n 1)
  [ -n "$library" ] || return 0
  echo libnode-dev "$library" libssl-dev libssl3 libgtest-dev libc6 libgcc-s1 libstdc++6 libatomic1
  # Has the licence of the compiler's libraries.
  apt-cache $apt_options depends libgcc-s1 | sed -n 's/^ *Depends: \(gcc-[0-9]*-base\).*/\1/p'
  apt-cache $apt_options depends "$library" | sed -n 's/^ *Depends: \([a-z][^: ]*\).*/\1/p' |
    grep -vE '^(node-.*|libc6|libgcc-s1|libstdc\+\+6|libssl3)$'
}
fetch_sysroot() {
  [ ! -e "$home/sysroot/usr/lib/$multiarch/libnode.so" ] || return 0
  use_apt "$arch" "$root/apt-$arch/none"
  unpack "$home/sysroot" $(packages)
  # One folder for libraries, as on an installed system.
  cp -a "$home/sysroot.new/lib/." "$home/sysroot.new/usr/lib/"
  rm -r "$home/sysroot.new/lib"
  ln -s usr/lib "$home/sysroot.new/lib"
  finish "$home/sysroot"
}

mkdir -p "$home/bin"
# Only those of the machine: what was fetched before is looked at again.
PATH=$(echo "$PATH" | tr ':' '\n' | grep -vxF "$home/bin" | paste -sd :)
fetch_sysroot
fetch_qemu
fetch_compiler
