// Slab, Fd and Result: the base that everything stands on.
#include "core/base/slab.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "core/base/fd.h"

namespace node {
namespace {

struct Cell {
  explicit Cell(int* counter) : alive(counter) { ++*alive; }
  ~Cell() { --*alive; }
  int* alive;
  char bytes[100];
};

TEST(SlabTest, ConstructsAndDestroys) {
  int alive = 0;
  Slab<Cell> slab;
  Cell* cell = slab.make(&alive);
  EXPECT_EQ(alive, 1);
  EXPECT_EQ(slab.live(), 1u);
  slab.destroy(cell);
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(slab.live(), 0u);
  slab.destroy(nullptr);
}

TEST(SlabTest, CellsNeverOverlap) {
  int alive = 0;
  Slab<Cell> slab;
  std::vector<Cell*> cells;
  for (int i = 0; i < 10000; ++i) {
    cells.push_back(slab.make(&alive));
    std::memset(cells.back()->bytes, i & 0xff, sizeof cells.back()->bytes);
  }
  EXPECT_EQ(std::set<Cell*>(cells.begin(), cells.end()).size(), cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    ASSERT_EQ(static_cast<unsigned char>(cells[i]->bytes[99]), i & 0xff);
  }
  for (Cell* cell : cells) slab.destroy(cell);
  EXPECT_EQ(alive, 0);
}

TEST(SlabTest, FreedCellsComeBack) {
  Slab<int> slab;
  for (int i = 0; i < 100000; ++i) slab.destroy(slab.make(i));
  EXPECT_EQ(slab.live(), 0u);
}

TEST(SlabTest, CellsAreAligned) {
  Slab<double> slab;
  std::vector<double*> cells;
  for (int i = 0; i < 100; ++i) {
    cells.push_back(slab.make(i));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(cells.back()) % alignof(double), 0u);
  }
  EXPECT_EQ(slab.live(), 100u);
  for (double* cell : cells) slab.destroy(cell);
}

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

TEST(FdTest, ClosesOnce) {
  int number;
  {
    Fd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    number = fd.get();
    Fd moved(std::move(fd));
    EXPECT_FALSE(fd.valid());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(FdTest, AssignmentClosesTheOldOne) {
  Fd a(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  Fd b(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  int old = a.get(), kept = b.get();
  a = std::move(b);
  EXPECT_FALSE(is_open(old));
  EXPECT_EQ(a.get(), kept);
  EXPECT_EQ(a.release(), kept);
  ::close(kept);
}

TEST(ResultTest, HoldsOneOfTwo) {
  Result<std::string> good = std::string("value");
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(good.take(), "value");
  Result<std::string> bad = Error(ENOENT, "open");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ENOENT);
  EXPECT_STREQ(bad.error().call, "open");
  Result<std::string> moved = std::move(bad);
  EXPECT_EQ(moved.error().code, ENOENT);
}

TEST(ResultTest, OfNothing) {
  Result<void> good;
  EXPECT_TRUE(good.ok());
  Result<void> bad = Error(EPERM, "kill");
  EXPECT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().code, EPERM);
}

TEST(ResultDeathTest, ReadingTheAbsentSideIsABug) {
  Result<int> bad = Error(ENOENT, "open");
  EXPECT_DEATH(bad.value(), "ok_");
}

}  // namespace
}  // namespace node
