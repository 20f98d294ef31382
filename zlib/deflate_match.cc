// Compressing: finding matches, and deciding which to take.
#include <algorithm>

#include "zlib/deflate.h"

namespace node::zlib {

namespace {

// The levels' numbers are those that users of zlib know the results of.
constexpr Effort kEfforts[10] = {
    {0, 0, 0, 0, false},        {4, 4, 8, 4, false},     {4, 5, 16, 8, false},
    {4, 6, 32, 32, false},      {4, 4, 16, 16, true},    {8, 16, 32, 32, true},
    {8, 16, 128, 128, true},    {8, 32, 128, 256, true}, {32, 128, 258, 1024, true},
    {32, 258, 258, 4096, true},
};

// Chains hold what begins with the same four bytes, though matches of three are allowed: with so
// many fewer candidates the default level takes 0.6 of the time, and what matches of three would
// have saved is less than a hundredth.
constexpr size_t kHashed = 4;
// A filtered text is mostly small random numbers, of which short matches say little.
constexpr size_t kMinFilteredMatch = 6;

uint32_t load32(const uint8_t* at) {
  uint32_t x;
  std::memcpy(&x, at, sizeof x);
  return x;
}

// How many bytes are the same, up to `max_len`; reads up to seven more.
size_t common_len(const uint8_t* a, const uint8_t* b, size_t max_len) {
  for (size_t len = 0; len < max_len; len += 8) {
    uint64_t difference = load_le64(a + len) ^ load_le64(b + len);
    if (difference != 0)
      return std::min(max_len, len + static_cast<size_t>(std::countr_zero(difference)) / 8);
  }
  return max_len;
}

}  // namespace

// ---- Chains --------------------------------------------------------------------------------

unsigned Deflate::hash_at(size_t at) const {
  // Fibonacci hashing: the golden ratio's bits.
  return (load32(window_.get() + at) * 0x9e3779b1u) >> (32 - hash_bits_);
}

// Returns the last position before that began with the same bytes, or looks so; 0: none.
size_t Deflate::insert(size_t at) {
  uint16_t* head = &heads_[hash_at(at)];
  uint16_t before = *head;
  previous_[at & window_mask_] = before;
  *head = static_cast<uint16_t>(at);
  return before;
}

// All positions before `end` that have enough bytes already.
void Deflate::insert_up_to(size_t end) {
  size_t known = at_ + ahead_;
  size_t stop = std::min(end, known < kHashed ? 0 : known - kHashed + 1);
  for (; next_insert_ < stop; next_insert_++) insert(next_insert_);
}

void Deflate::insert_missed() { insert_up_to(at_); }

size_t Deflate::longest_match(const Effort& effort, size_t candidate, size_t best_len) {
  const uint8_t* const window = window_.get();
  const uint8_t* const scan = window + at_;
  const uint16_t* const previous = previous_.get();
  const size_t max_distance = window_size_ - kMinAhead;
  const size_t limit = at_ > max_distance ? at_ - max_distance : 0;
  const size_t max_len = std::min(kMaxMatch, ahead_);
  const size_t nice_len = std::min<size_t>(effort.nice_len, ahead_);
  // The bytes that would make it longer than the best so far tell the most.
  size_t tail = best_len < kHashed ? 0 : best_len + 1 - kHashed;
  uint32_t wanted = load32(scan + tail);
  unsigned chain = best_len >= effort.good_len ? effort.chain >> 2 : effort.chain;
  do {
    const uint8_t* match = window + candidate;
    if (load32(match + tail) != wanted) continue;
    size_t len = common_len(scan, match, max_len);
    if (len <= best_len) continue;
    match_at_ = candidate;
    best_len = len;
    if (len >= nice_len) break;
    tail = best_len < kHashed ? 0 : best_len + 1 - kHashed;
    wanted = load32(scan + tail);
  } while ((candidate = previous[candidate & window_mask_]) > limit && --chain != 0);
  return std::min(best_len, ahead_);
}

// ---- Strategies ----------------------------------------------------------------------------

// Both move on, and say whether a block has been written.
bool Deflate::code_literal(uint8_t byte) {
  bool full = block_.add_literal(byte);
  at_++;
  ahead_--;
  if (full) write_block(at_, false);
  return full;
}

bool Deflate::code_match(size_t len, size_t distance) {
  bool full = block_.add_match(len, distance);
  at_ += len;
  ahead_ -= len;
  if (full) write_block(at_, false);
  return full;
}

void Deflate::store_all() {
  at_ += ahead_;
  ahead_ = 0;
  // Before the window moves on.
  if (at_ + kMinAhead >= 2 * window_size_) write_block(at_, false);
}

void Deflate::code_literals() {
  while (ahead_ > 0)
    if (code_literal(window_[at_])) return;
}

// Matches at a distance of 1 only: runs of a byte.
void Deflate::match_runs(bool all) {
  while (enough(all)) {
    const uint8_t* here = window_.get() + at_;
    size_t len = 0;
    if (at_ > 0 && ahead_ >= kMinMatch)
      len = common_len(here - 1, here, std::min(kMaxMatch, ahead_));
    if (len >= kMinMatch ? code_match(len, 1) : code_literal(*here)) return;
  }
}

// Takes each match as it comes.
void Deflate::match_eagerly(bool all) {
  const Effort& effort = kEfforts[level_];
  const size_t max_distance = window_size_ - kMinAhead;
  insert_missed();
  while (enough(all)) {
    size_t candidate = 0, len = 0;
    if (ahead_ >= kHashed) {
      candidate = insert(at_);
      next_insert_ = at_ + 1;
    }
    if (candidate != 0 && at_ - candidate <= max_distance)
      len = longest_match(effort, candidate, kMinMatch - 1);
    if (len < kMinMatch) {
      if (code_literal(window_[at_])) return;
      continue;
    }
    bool written = code_match(len, at_ - match_at_);
    // What a long match covers is not entered: it would take longer than it is worth.
    if (len <= effort.lazy_len)
      insert_up_to(at_);
    else
      next_insert_ = at_;
    if (written) return;
  }
}

// Takes a match only if none that is longer begins at the next byte.
void Deflate::match_lazily(bool all) {
  const Effort& effort = kEfforts[level_];
  const size_t max_distance = window_size_ - kMinAhead;
  insert_missed();
  while (enough(all)) {
    size_t candidate = 0;
    if (ahead_ >= kHashed) {
      candidate = insert(at_);
      next_insert_ = at_ + 1;
    }
    const size_t before_len = match_len_, before_at = match_at_;
    match_len_ = kMinMatch - 1;
    if (candidate != 0 && before_len < effort.lazy_len && at_ - candidate <= max_distance) {
      match_len_ = longest_match(effort, candidate, before_len);
      if (match_len_ < kMinFilteredMatch && strategy_ == Strategy::kFiltered)
        match_len_ = kMinMatch - 1;
    }
    if (before_len >= kMinMatch && match_len_ <= before_len) {
      // It began a byte ago.
      at_--;
      ahead_++;
      bool written = code_match(before_len, at_ - before_at);
      insert_up_to(at_);
      literal_waits_ = false;
      match_len_ = kMinMatch - 1;
      if (written) return;
    } else if (literal_waits_) {
      bool full = block_.add_literal(window_[at_ - 1]);
      if (full) write_block(at_, false);
      at_++;
      ahead_--;
      if (full) return;
    } else {
      literal_waits_ = true;
      at_++;
      ahead_--;
    }
  }
}

}  // namespace node::zlib
