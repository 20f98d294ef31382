#!/bin/sh
# Runs programs of the target that cross.sh fetched a root for: as they are where this machine can
# (i386 on x86-64), else under qemu.
#
#   emulate.sh run HOME QEMU PROGRAM [ARG]...    one program; those it starts must be the machine's
#   emulate.sh all HOME QEMU COMMAND [ARG]...    a command of the machine in which every program of
#                                                the target can be started
#
# HOME is build/cross-TRIPLE, QEMU the emulator's name in config.mk's table. `all` tells the kernel
# about the emulator (binfmt_misc) in a user namespace of its own, which needs Linux 6.7 and no
# rights, and leaves nothing behind.
set -eu
what=$1 home=$(cd "$2" && pwd) qemu=$3
shift 3
sysroot=$home/sysroot
qemu=$(PATH=$PATH:$home/bin command -v "$qemu-static" || PATH=$PATH:$home/bin command -v "$qemu") ||
  { echo "emulate: no $qemu here" >&2; exit 126; }
libc=$(ls "$sysroot"/usr/lib/*/libc.so.6)
loader=$(cd "$sysroot/usr/lib" && ls -d ld-linux*.so.*)

runs_here() { [ -e "/lib/$loader" ] && "/lib/$loader" --version >/dev/null 2>&1; }
bytes() { od -An -v -tx1 -j "$1" -N "$2" "$libc" | sed 's/ /\\x/g'; }

# What the kernel is to start instead of a program: it says the program's path and its argv[0].
make_interpreter() {
  cat >"$home/bin/interpreter.$$" <<END
#!/bin/sh
program=\$1 argv0=\$2
shift 2
exec $qemu -L $sysroot -0 "\$argv0" "\$program" "\$@"
END
  chmod +x "$home/bin/interpreter.$$"
  mv "$home/bin/interpreter.$$" "$home/bin/interpreter"
}
# ELF of the class, byte order and processor that the target's libc has, executable or shared.
entry() {
  any='\xff\xff\xff\xff'
  zero='\x00\x00\x00\x00'
  printf '%s' ":target:M::\\x7fELF$(bytes 4 2)\\x01\\x00$zero$zero\\x02\\x00$(bytes 18 2)" \
    ":$any\\xff\\xff\\xff\\x00$zero$zero\\xfe\\xff\\xff\\xff:$home/bin/interpreter:P"
}

# Root keeps all its users, for tests that change theirs; others stay who they are.
in_namespace() {
  if [ "$(id -u)" != 0 ]; then
    exec unshare --user --map-root-user --mount sh -euc "$register"'
      exec unshare --user --map-user="$0" "$@"' "$(id -u)" "$(entry)" "$@"
  fi
  # The namespace waits until its users are known, which is said from outside.
  unshare --user --mount sh -euc 'kill -STOP $$'"
    $register"'
    exec "$@"' sh "$(entry)" "$@" &
  child=$!
  until grep -q '^State:.T' "/proc/$child/status"; do sleep 0.1; done
  echo '0 0 4294967295' >"/proc/$child/uid_map"
  echo '0 0 4294967295' >"/proc/$child/gid_map"
  kill -CONT "$child"
  wait "$child"
}
register='
  mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
  printf "%s" "$1" >/proc/sys/fs/binfmt_misc/register
  shift
'

case $what in
  run)
    if runs_here; then exec "$@"; fi
    exec "$qemu" -L "$sysroot" "$@" ;;
  all)
    if runs_here; then exec "$@"; fi
    make_interpreter
    export NODE_TEST_EMULATOR="$(basename "$qemu")"
    in_namespace "$@" ;;
  *) echo 'usage: emulate.sh run|all HOME QEMU COMMAND [ARG]...' >&2; exit 2 ;;
esac
