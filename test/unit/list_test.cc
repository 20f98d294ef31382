// List: linking, unlinking and moving whole batches.
#include "core/base/list.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace node {
namespace {

struct Item : ListNode<> {
  explicit Item(int n) : number(n) {}
  int number;
};

std::vector<int> numbers(List<Item>& list) {
  std::vector<int> all;
  for (Item* i = list.front(); i != nullptr; i = list.next(i)) all.push_back(i->number);
  return all;
}

TEST(ListTest, KeepsOrder) {
  Item a(1), b(2), c(3);
  List<Item> list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.front(), nullptr);
  list.push_back(&b);
  list.push_back(&c);
  list.push_front(&a);
  EXPECT_EQ(numbers(list), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(list.pop_front(), &a);
  EXPECT_FALSE(a.linked());
  EXPECT_EQ(numbers(list), (std::vector<int>{2, 3}));
}

TEST(ListTest, UnlinksFromTheMiddleAndTwice) {
  Item a(1), b(2), c(3);
  List<Item> list;
  list.push_back(&a);
  list.push_back(&b);
  list.push_back(&c);
  b.unlink();
  b.unlink();
  EXPECT_EQ(numbers(list), (std::vector<int>{1, 3}));
}

TEST(ListTest, DestroyedMembersLeave) {
  List<Item> list;
  Item a(1);
  list.push_back(&a);
  {
    Item b(2);
    list.push_back(&b);
  }
  EXPECT_EQ(numbers(list), (std::vector<int>{1}));
}

TEST(ListTest, DestroyedListLetsGo) {
  Item a(1);
  {
    List<Item> list;
    list.push_back(&a);
  }
  EXPECT_FALSE(a.linked());
}

TEST(ListTest, SpliceMovesAllToTheEnd) {
  Item a(1), b(2), c(3);
  List<Item> first, second;
  first.push_back(&a);
  second.push_back(&b);
  second.push_back(&c);
  first.splice(second);
  EXPECT_TRUE(second.empty());
  EXPECT_EQ(numbers(first), (std::vector<int>{1, 2, 3}));
  first.splice(second);
  EXPECT_EQ(numbers(first), (std::vector<int>{1, 2, 3}));
  second.splice(first);
  EXPECT_EQ(numbers(second), (std::vector<int>{1, 2, 3}));
  second.push_back(second.pop_front());
  EXPECT_EQ(numbers(second), (std::vector<int>{2, 3, 1}));
}

struct Left;
struct Right;
struct Twice : ListNode<Left>, ListNode<Right> {};

TEST(ListTest, TagsAllowTwoLists) {
  Twice item;
  List<Twice, Left> left;
  List<Twice, Right> right;
  left.push_back(&item);
  right.push_back(&item);
  EXPECT_EQ(left.pop_front(), &item);
  EXPECT_EQ(right.front(), &item);
}

TEST(ListDeathTest, LinkingTwiceIsABug) {
  Item a(1);
  List<Item> list;
  list.push_back(&a);
  EXPECT_DEATH(list.push_back(&a), "linked");
}

}  // namespace
}  // namespace node
