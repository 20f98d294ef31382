// Intrusive doubly linked list: members are nodes, so linking allocates nothing and cannot fail.
#pragma once

#include "core/base/error.h"

namespace node {

// Base class of what can stand in one List at a time. Unlinks itself when destroyed. To stand in
// two lists, derive twice with different tags.
template <typename Tag = void>
class ListNode {
 public:
  ListNode() = default;
  ListNode(const ListNode&) = delete;
  ListNode& operator=(const ListNode&) = delete;
  ~ListNode() { unlink(); }

  bool linked() const { return next_ != nullptr; }
  void unlink() {
    if (!linked()) return;
    prev_->next_ = next_;
    next_->prev_ = prev_;
    next_ = prev_ = nullptr;
  }

 private:
  template <typename T, typename U>
  friend class List;
  ListNode* next_ = nullptr;
  ListNode* prev_ = nullptr;
};

// Owns nothing; the members outlive their stay or unlink themselves.
template <typename T, typename Tag = void>
class List {
 public:
  using Node = ListNode<Tag>;

  List() { reset(); }
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  ~List() {
    while (!empty()) head_.next_->unlink();
    head_.next_ = head_.prev_ = nullptr;
  }

  bool empty() const { return head_.next_ == &head_; }
  T* front() { return empty() ? nullptr : static_cast<T*>(head_.next_); }
  T* next(T* item) {
    Node* n = static_cast<Node*>(item)->next_;
    return n == &head_ ? nullptr : static_cast<T*>(n);
  }
  void push_back(T* item) { insert(head_.prev_, item); }
  void push_front(T* item) { insert(&head_, item); }
  T* pop_front() {
    T* item = front();
    if (item != nullptr) static_cast<Node*>(item)->unlink();
    return item;
  }
  // Moves everything from `other` to the end of this list, in order, in constant time. Used to run
  // a batch while callbacks add to the next one.
  void splice(List& other) {
    if (other.empty()) return;
    Node* first = other.head_.next_;
    Node* last = other.head_.prev_;
    first->prev_ = head_.prev_;
    head_.prev_->next_ = first;
    last->next_ = &head_;
    head_.prev_ = last;
    other.reset();
  }

 private:
  void reset() { head_.next_ = head_.prev_ = &head_; }
  void insert(Node* after, Node* node) {
    CHECK(!node->linked());
    node->prev_ = after;
    node->next_ = after->next_;
    after->next_->prev_ = node;
    after->next_ = node;
  }
  Node head_;
};

}  // namespace node
