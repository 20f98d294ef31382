// prebind FILE: binds a private copy of a shared library to itself, ahead of time, so that the
// dynamic linker need not look up tens of thousands of symbols at every start. A build tool; not
// part of node.
//
// References by name to what the library itself defines become relative relocations (type RELATIVE
// of the processor's ELF supplement), which cost one addition each. What this gives up is
// interposition: nobody else may replace those functions and objects, which nobody does to the copy
// that node ships. An executable may not hold copies of the objects either (COPY relocations): ours
// uses none of V8's by name. Running it twice changes nothing more.
#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <span>

namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
constexpr unsigned kRelative = R_X86_64_RELATIVE;
bool names_a_symbol(unsigned type) {
  return type == R_X86_64_64 || type == R_X86_64_GLOB_DAT || type == R_X86_64_JUMP_SLOT;
}
// GLOB_DAT and JUMP_SLOT take the bare symbol; their addend field means nothing.
bool has_addend(unsigned type) { return type == R_X86_64_64; }
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
constexpr unsigned kRelative = R_AARCH64_RELATIVE;
bool names_a_symbol(unsigned type) {
  return type == R_AARCH64_ABS64 || type == R_AARCH64_GLOB_DAT || type == R_AARCH64_JUMP_SLOT;
}
bool has_addend(unsigned) { return true; }
#else
constexpr unsigned kMachine = EM_NONE;
constexpr unsigned kRelative = 0;
bool names_a_symbol(unsigned) { return false; }
bool has_addend(unsigned) { return false; }
#endif

// The mapped file and what its dynamic section points to.
struct Library {
  char* base;
  size_t size;
  std::span<const Elf64_Phdr> segments;

  // Where the address `address` of the loaded library stands in the file; nullptr when it does not.
  char* at(Elf64_Addr address) const {
    for (const Elf64_Phdr& s : segments) {
      if (s.p_type == PT_LOAD && address >= s.p_vaddr && address < s.p_vaddr + s.p_filesz) {
        return base + s.p_offset + (address - s.p_vaddr);
      }
    }
    return nullptr;
  }
};

size_t bind(std::span<Elf64_Rela> relocations, const Elf64_Sym* symbols) {
  size_t bound = 0;
  for (Elf64_Rela& r : relocations) {
    unsigned type = ELF64_R_TYPE(r.r_info);
    if (!names_a_symbol(type)) continue;
    const Elf64_Sym& symbol = symbols[ELF64_R_SYM(r.r_info)];
    unsigned kind = ELF64_ST_TYPE(symbol.st_info);
    if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS ||
        (kind != STT_FUNC && kind != STT_OBJECT)) {
      continue;
    }
    r.r_addend = static_cast<Elf64_Sxword>(symbol.st_value) + (has_addend(type) ? r.r_addend : 0);
    r.r_info = ELF64_R_INFO(0, kRelative);
    ++bound;
  }
  return bound;
}

int prebind(const Library& library) {
  Elf64_Dyn* dynamic = nullptr;
  for (const Elf64_Phdr& s : library.segments) {
    if (s.p_type == PT_DYNAMIC) dynamic = reinterpret_cast<Elf64_Dyn*>(library.base + s.p_offset);
  }
  if (dynamic == nullptr) return 1;
  Elf64_Addr rela = 0, plt = 0, symtab = 0;
  size_t rela_bytes = 0, plt_bytes = 0;
  Elf64_Dyn* relative_count = nullptr;
  for (Elf64_Dyn* d = dynamic; d->d_tag != DT_NULL; ++d) {
    if (d->d_tag == DT_RELA) rela = d->d_un.d_ptr;
    if (d->d_tag == DT_RELASZ) rela_bytes = d->d_un.d_val;
    if (d->d_tag == DT_JMPREL) plt = d->d_un.d_ptr;
    if (d->d_tag == DT_PLTRELSZ) plt_bytes = d->d_un.d_val;
    if (d->d_tag == DT_SYMTAB) symtab = d->d_un.d_ptr;
    if (d->d_tag == DT_RELACOUNT) relative_count = d;
  }
  const Elf64_Sym* symbols = reinterpret_cast<const Elf64_Sym*>(library.at(symtab));
  auto table = [&](Elf64_Addr address, size_t bytes) {
    char* start = library.at(address);
    return std::span<Elf64_Rela>(reinterpret_cast<Elf64_Rela*>(start),
                                 start == nullptr ? 0 : bytes / sizeof(Elf64_Rela));
  };
  if (symbols == nullptr) return 1;
  std::span<Elf64_Rela> main = table(rela, rela_bytes);
  std::span<Elf64_Rela> calls = table(plt, plt_bytes);
  size_t bound = bind(main, symbols) + bind(calls, symbols);
  // DT_RELACOUNT lets the linker run through the relative ones at the front without looking at
  // their types.
  auto is_relative = [](const Elf64_Rela& r) { return ELF64_R_TYPE(r.r_info) == kRelative; };
  auto rest = std::stable_partition(main.begin(), main.end(), is_relative);
  if (relative_count != nullptr) relative_count->d_un.d_val = rest - main.begin();
  std::printf("prebind: bound %zu of %zu references\n", bound, main.size() + calls.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: prebind LIBRARY\n");
    return 2;
  }
  int fd = open(argv[1], O_RDWR | O_CLOEXEC);
  struct stat st;
  if (fd < 0 || fstat(fd, &st) != 0) {
    std::perror(argv[1]);
    return 1;
  }
  size_t size = static_cast<size_t>(st.st_size);
  void* map = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (map == MAP_FAILED) {
    std::perror(argv[1]);
    return 1;
  }
  Library library{static_cast<char*>(map), size, {}};
  const Elf64_Ehdr* header = reinterpret_cast<const Elf64_Ehdr*>(library.base);
  if (size < sizeof(Elf64_Ehdr) || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != kMachine) {
    std::printf("prebind: %s is left as it is\n", argv[1]);
    return 0;
  }
  library.segments = {reinterpret_cast<const Elf64_Phdr*>(library.base + header->e_phoff),
                      header->e_phnum};
  return prebind(library);
}
