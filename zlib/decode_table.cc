// Building decoding tables from code lengths.
#include "zlib/decode_table.h"

namespace node::zlib {

namespace {

constexpr Entry make_entry(unsigned value, unsigned extra, Entry kind, unsigned code_bits) {
  return (value << 16) | kind | (code_bits << 8) | (code_bits + extra);
}
// One bit of it is read before it is refused.
constexpr Entry kInvalidEntry = make_entry(0, 0, kInvalid, 1);

Entry symbol_entry(CodeKind kind, unsigned symbol, unsigned bits) {
  if (kind == CodeKind::kCodeLength) return make_entry(symbol, 0, kLiteral, bits);
  if (kind == CodeKind::kDistance) {
    if (symbol >= kDistanceSymbols) return make_entry(0, 0, kInvalid, bits);
    return make_entry(kDistanceBase[symbol], kDistanceExtra[symbol], 0, bits);
  }
  if (symbol < kEndOfBlock) return make_entry(symbol, 0, kLiteral, bits);
  if (symbol == kEndOfBlock) return make_entry(0, 0, kEnd, bits);
  if (symbol >= kLiteralLengthSymbols) return make_entry(0, 0, kInvalid, bits);
  unsigned i = symbol - kEndOfBlock - 1;
  return make_entry(kLengthBase[i], kLengthExtra[i], 0, bits);
}

// The next code of `len` bits, both with their first bit lowest.
unsigned next_code(unsigned code, unsigned len) {
  unsigned bit = 1u << (len - 1);
  while (bit != 0 && (code & bit) != 0) {
    code ^= bit;
    bit >>= 1;
  }
  return code | bit;
}

struct Lengths {
  uint16_t count[kMaxCodeBits + 1] = {};
  uint16_t sorted[288];  // symbols by length, then by number: the order of their codes
  unsigned longest = 0;
  int unused = 1;  // codes of the longest length that no symbol has; negative: too many symbols
};

void sort_symbols(ByteSpan lens, Lengths* out) {
  for (uint8_t len : lens) out->count[len]++;
  uint16_t offset[kMaxCodeBits + 2] = {};
  for (unsigned len = 1; len <= kMaxCodeBits; len++) {
    out->unused = out->unused * 2 - out->count[len];
    if (out->unused < 0) return;
    if (out->count[len] != 0) out->longest = len;
    offset[len + 1] = static_cast<uint16_t>(offset[len] + out->count[len]);
  }
  for (unsigned symbol = 0; symbol < lens.size(); symbol++)
    if (lens[symbol] != 0) out->sorted[offset[lens[symbol]]++] = static_cast<uint16_t>(symbol);
}

// How many bits index the subtable of codes that begin as the first one of `len` bits does.
unsigned subtable_bits(const Lengths& lengths, unsigned len, unsigned root_bits,
                       unsigned left_of_len) {
  unsigned bits = len - root_bits;
  int room = (1 << bits) - static_cast<int>(left_of_len);
  while (room > 0 && root_bits + bits < lengths.longest) {
    bits++;
    room = room * 2 - lengths.count[root_bits + bits];
  }
  return bits;
}

}  // namespace

bool build_decode_table(CodeKind kind, ByteSpan lens, unsigned root_bits, std::span<Entry> table) {
  Lengths lengths;
  sort_symbols(lens, &lengths);
  if (lengths.unused < 0) return false;
  bool incomplete = lengths.unused > 0 && lengths.longest > 0;
  if (incomplete && (kind == CodeKind::kCodeLength || lengths.longest != 1)) return false;
  size_t root_size = size_t{1} << root_bits, used = root_size;
  if (lengths.unused > 0)
    for (size_t i = 0; i < root_size; i++) table[i] = kInvalidEntry;

  const uint16_t* symbol = lengths.sorted;
  unsigned code = 0;
  for (unsigned len = 1; len <= lengths.longest && len <= root_bits; len++) {
    for (unsigned left = lengths.count[len]; left > 0; left--, code = next_code(code, len)) {
      Entry e = symbol_entry(kind, *symbol++, len);
      for (size_t i = code; i < root_size; i += size_t{1} << len) table[i] = e;
    }
  }
  Entry* subtable = nullptr;
  unsigned bits = 0;
  size_t prefix = root_size;
  for (unsigned len = root_bits + 1; len <= lengths.longest; len++) {
    for (unsigned left = lengths.count[len]; left > 0; left--, code = next_code(code, len)) {
      if ((code & (root_size - 1)) != prefix) {
        prefix = code & (root_size - 1);
        bits = subtable_bits(lengths, len, root_bits, left);
        if (used + (size_t{1} << bits) > table.size()) return false;
        table[prefix] = (static_cast<Entry>(used) << 16) | kSubtable | bits;
        subtable = &table[used];
        used += size_t{1} << bits;
      }
      Entry e = symbol_entry(kind, *symbol++, len);
      for (size_t i = code >> root_bits; i < (size_t{1} << bits);
           i += size_t{1} << (len - root_bits))
        subtable[i] = e;
    }
  }
  return true;
}

}  // namespace node::zlib
