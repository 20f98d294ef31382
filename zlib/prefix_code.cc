// Huffman's algorithm over two queues, and codes of limited length.
#include "zlib/prefix_code.h"

#include <algorithm>

namespace node::zlib {

namespace {

constexpr size_t kMaxSymbols = 320;
constexpr unsigned kSymbolBits = 9;

// How many leaves each depth of Huffman's tree has, for `n` counts in ascending order (each above
// the symbol's bits). The two rarest of leaves and inner nodes are joined until one is left; inner
// nodes come into being in ascending order, so that they are a queue as well.
void count_depths(const uint32_t* leaves, size_t n, uint32_t* per_depth, unsigned max_len) {
  uint32_t weights[kMaxSymbols];
  uint16_t parents[2 * kMaxSymbols];  // leaves first, inner nodes from n on
  size_t leaf = 0, node = 0;
  auto take_rarest = [&](size_t made, size_t parent) {
    bool is_leaf = leaf < n && (node == made || (leaves[leaf] >> kSymbolBits) <= weights[node]);
    uint32_t weight = is_leaf ? leaves[leaf] >> kSymbolBits : weights[node];
    parents[is_leaf ? leaf++ : n + node++] = static_cast<uint16_t>(parent);
    return weight;
  };
  for (size_t made = 0; made < n - 1; made++) {
    uint32_t weight = take_rarest(made, n + made);
    weights[made] = weight + take_rarest(made, n + made);
  }
  uint16_t depths[2 * kMaxSymbols];
  depths[2 * n - 2] = 0;
  for (size_t i = 2 * n - 2; i-- > 0;) {
    depths[i] = static_cast<uint16_t>(depths[parents[i]] + 1);
    if (i < n) per_depth[std::min<unsigned>(depths[i], max_len)]++;
  }
}

// Leaves that were cut to the longest length take too much room: for each such excess a leaf of the
// next shorter length that exists goes one down and takes one of the longest beside it.
void limit_depths(uint32_t* per_depth, unsigned max_len) {
  uint32_t room = 0;
  for (unsigned len = 1; len <= max_len; len++) room += per_depth[len] << (max_len - len);
  for (; room > (1u << max_len); room--) {
    unsigned len = max_len - 1;
    while (per_depth[len] == 0) len--;
    per_depth[len]--;
    per_depth[len + 1] += 2;
    per_depth[max_len]--;
  }
}

}  // namespace

void make_code_lengths(std::span<const uint32_t> counts, unsigned max_len,
                       std::span<uint8_t> lens) {
  uint32_t sorted[kMaxSymbols];
  size_t n = 0;
  for (uint32_t symbol = 0; symbol < counts.size(); symbol++)
    if (counts[symbol] != 0) sorted[n++] = (counts[symbol] << kSymbolBits) | symbol;
  std::fill(lens.begin(), lens.end(), 0);
  if (n < 2) {
    lens[0] = lens[1] = 1;
    if (n == 1 && (sorted[0] & ((1u << kSymbolBits) - 1)) > 1) {
      lens[1] = 0;
      lens[sorted[0] & ((1u << kSymbolBits) - 1)] = 1;
    }
    return;
  }
  std::sort(sorted, sorted + n);
  uint32_t per_depth[kMaxCodeBits + 1] = {};
  count_depths(sorted, n, per_depth, max_len);
  limit_depths(per_depth, max_len);
  const uint32_t* next = sorted;
  for (unsigned len = max_len; len > 0; len--)
    for (uint32_t left = per_depth[len]; left > 0; left--)
      lens[*next++ & ((1u << kSymbolBits) - 1)] = static_cast<uint8_t>(len);
}

void make_codes(ByteSpan lens, std::span<Code> codes) {
  uint32_t counts[kMaxCodeBits + 1] = {}, next[kMaxCodeBits + 2] = {};
  for (uint8_t len : lens) counts[len]++;
  counts[0] = 0;
  for (unsigned len = 1; len <= kMaxCodeBits; len++) next[len + 1] = (next[len] + counts[len]) << 1;
  for (size_t i = 0; i < lens.size(); i++) {
    uint32_t code = lens[i] == 0 ? 0 : next[lens[i]]++, reversed = 0;
    for (unsigned bit = 0; bit < lens[i]; bit++)
      reversed |= ((code >> bit) & 1) << (lens[i] - 1 - bit);
    codes[i] = {static_cast<uint16_t>(reversed), lens[i]};
  }
}

}  // namespace node::zlib
