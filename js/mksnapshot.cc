// The build's maker of the snapshot: a program that writes it to a file.
#include <fcntl.h>

#include <cstdio>

#include "core/base/fd.h"
#include "js/snapshot_maker.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: mksnapshot OUT\n");
    return 2;
  }
  node::Fd out(open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (out.valid() && node::js::make_snapshot(out.get(), {})) return 0;
  std::perror(argv[1]);
  return 1;
}
