// Fixed-size cells carved from large blocks: allocation in a few instructions, nothing per cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

#include "core/base/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define NODE_SLAB_IS_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NODE_SLAB_IS_MALLOC 1
#endif
#endif

namespace node {

// Cells of type T for one thread. Blocks grow with use and are freed only with the slab, which must
// outlive its cells. Under AddressSanitizer every cell is a malloc of its own, so that use after
// free is seen.
template <typename T>
class Slab {
 public:
  Slab() = default;
  Slab(const Slab&) = delete;
  Slab& operator=(const Slab&) = delete;
  ~Slab() {
    while (blocks_ != nullptr) std::free(std::exchange(blocks_, blocks_->next));
  }

  // A new T, or nullptr when memory is gone.
  template <typename... Args>
  T* make(Args&&... args) {
    void* cell = allocate();
    if (cell == nullptr) return nullptr;
    ++live_;
    return new (cell) T(std::forward<Args>(args)...);
  }

  void destroy(T* item) {
    if (item == nullptr) return;
    item->~T();
    --live_;
#ifdef NODE_SLAB_IS_MALLOC
    std::free(item);
#else
    Cell* cell = reinterpret_cast<Cell*>(item);
    cell->next = free_;
    free_ = cell;
#endif
  }

  size_t live() const { return live_; }

 private:
  union Cell {
    Cell* next;
    alignas(T) unsigned char bytes[sizeof(T)];
  };
  struct Block {
    Block* next;
  };
  static constexpr size_t kHeader =
      (sizeof(Block) + alignof(Cell) - 1) / alignof(Cell) * alignof(Cell);
  static constexpr size_t kFirstCells = 16;
  static constexpr size_t kMostBlockBytes = 256 * 1024;

  void* allocate() {
#ifdef NODE_SLAB_IS_MALLOC
    return std::malloc(sizeof(T));
#else
    if (free_ == nullptr && !grow()) return nullptr;
    Cell* cell = free_;
    free_ = cell->next;
    return cell;
#endif
  }

  bool grow() {
    char* raw = static_cast<char*>(std::malloc(kHeader + next_cells_ * sizeof(Cell)));
    if (raw == nullptr) return false;
    Block* block = reinterpret_cast<Block*>(raw);
    block->next = blocks_;
    blocks_ = block;
    Cell* cells = reinterpret_cast<Cell*>(raw + kHeader);
    for (size_t i = next_cells_; i-- > 0;) {
      cells[i].next = free_;
      free_ = &cells[i];
    }
    if (next_cells_ * 2 * sizeof(Cell) <= kMostBlockBytes) next_cells_ *= 2;
    return true;
  }

  Cell* free_ = nullptr;
  Block* blocks_ = nullptr;
  size_t next_cells_ = kFirstCells;
  size_t live_ = 0;
};

}  // namespace node
