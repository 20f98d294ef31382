#!/bin/sh
# Packs a built node for machines that have nothing but a C library: a tarball with every other
# library it needs and their licences, and a .deb of the same.
#
#   dist.sh BUILD V8_LIBDIR VERSION [HOME MULTIARCH ARCH STRIP]
#
# BUILD has the program and takes the packages; V8_LIBDIR has V8's libraries, empty for the
# system's. The last four are of a cross build: the folder of cross.sh, and columns of config.mk.
set -eu
build=$1 v8=$2 version=$3 home=${4:-} multiarch=${5:-} strip=${7:-strip}
say() { echo "dist: $*" >&2; }
if [ -n "$home" ]; then
  arch=$6
  folders="$home/sysroot/usr/lib/$multiarch"
else
  arch=$(dpkg --print-architecture 2>/dev/null || uname -m)
  folders="$v8 $(ldconfig -p 2>/dev/null | sed -n 's|.*=> \(.*\)/[^/]*$|\1|p' | sort -u)"
fi
name=node-$version-linux-$arch
stage=$build/dist/$name

# --- the libraries ------------------------------------------------------------------------

needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
# What any machine has: the C library, the compiler's own belong to its packages.
of_the_machine() {
  case $1 in
    ld-linux* | libc.so* | libm.so* | libdl.so* | libpthread.so* | librt.so*) true ;;
    *) false ;;
  esac
}
# bundle FILE: copies what it needs, and what that needs.
bundle() {
  for library in $(needed "$1"); do
    of_the_machine "$library" || [ -e "$stage/lib/node/$library" ] || copy "$library"
  done
}
copy() {
  for folder in $folders; do
    [ -e "$folder/$1" ] || continue
    cp -L "$folder/$1" "$stage/lib/node/$1"
    chmod 644 "$stage/lib/node/$1"
    licence "$(readlink -f "$folder/$1")"
    bundle "$stage/lib/node/$1"
    return 0
  done
  say "$1 is not in" $folders
  exit 1
}
# licence FILE: the packages of a fetched root all have theirs copied at the end; of the machine's
# libraries the package manager knows whose they are.
licence() {
  [ -z "$home" ] || return 0
  package=$(dpkg -S "$1" "${1#/usr}" 2>/dev/null | sed -n '1s/[:,].*//p') || true
  [ -z "$package" ] || copy_licence "/usr/share/doc/$package"
}
copy_licence() {
  [ -e "$1/copyright" ] || return 0
  mkdir -p "$stage/share/doc/node/licenses"
  cp -L "$1/copyright" "$stage/share/doc/node/licenses/$(basename "$1")"
}

# --- the folder ---------------------------------------------------------------------------

rm -rf "$build/dist"
mkdir -p "$stage/bin" "$stage/lib/node" "$stage/share/man/man1" "$stage/share/doc/node"
cp "$build/node" "$stage/bin/node"
"$strip" "$stage/bin/node"
bundle "$stage/bin/node"
case $v8 in */usr/lib/*) fetched=${v8%/lib/*}/share/doc ;; *) fetched= ;; esac
for package in $(ls "$fetched" 2>/dev/null | grep -vE -- '-dev$|^libc6$|^sse2'); do
  copy_licence "$fetched/$package"
done
cp doc/node.1 "$stage/share/man/man1/"
cp -R README.md LICENSE doc/api doc/examples "$stage/share/doc/node/"
tar -C "$build/dist" --owner=0 --group=0 --numeric-owner -czf "$build/$name.tar.gz" "$name"
echo "$build/$name.tar.gz"

# --- the Debian package -------------------------------------------------------------------

if ! command -v dpkg-deb >/dev/null 2>&1; then
  say "no dpkg-deb here, so no .deb"
  exit 0
fi
root=$build/dist/deb
mkdir -p "$root/DEBIAN" "$root/usr"
cp -R "$stage/." "$root/usr/"
# Those that Debian itself keeps up to date are left to it.
rm -f "$root"/usr/lib/node/libssl.so* "$root"/usr/lib/node/libcrypto.so* \
  "$root"/usr/lib/node/libstdc++.so* "$root"/usr/lib/node/libgcc_s.so* \
  "$root"/usr/lib/node/libz.so* "$root"/usr/lib/node/libatomic.so*
gzip -9n "$root/usr/share/man/man1/node.1"
mv "$root/usr/share/doc/node/LICENSE" "$root/usr/share/doc/node/copyright"
cat >"$root/DEBIAN/control" <<END
Package: node
Version: $version
Architecture: $arch
Maintainer: the node project <root@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Depends: libc6 (>= 2.34), libgcc-s1, libstdc++6 (>= 12), libssl3, zlib1g$(
  [ ! -e "$stage/lib/node/libatomic.so.1" ] || echo ', libatomic1')
Conflicts: nodejs
Provides: nodejs
Section: javascript
Priority: optional
Description: evented I/O for V8 JavaScript
 Runs JavaScript programs that set up callbacks and serve what comes: files,
 sockets, HTTP, TLS. V8's libraries are part of the package.
END
# With a snapshot of its own making the program starts faster: made once, as root may.
cat >"$root/DEBIAN/postinst" <<'END'
#!/bin/sh
/usr/bin/node --version >/dev/null || true
END
cat >"$root/DEBIAN/prerm" <<'END'
#!/bin/sh
rm -f /usr/bin/node.snapshot
END
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm"
dpkg-deb --root-owner-group -Zxz -z1 -b "$root" "$build/node_${version}_$arch.deb" >/dev/null
echo "$build/node_${version}_$arch.deb"
