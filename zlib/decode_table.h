// Tables that decode a prefix code: many bits at a time by one look-up, longer codes by a second.
#pragma once

#include "zlib/codes.h"

namespace node::zlib {

// An entry: how many bits symbol and extra bits take (8 bits), the symbol's own code alone (4
// bits), what it is (4 bits), and its value (16 bits): a literal, or the smallest length or
// distance.
using Entry = uint32_t;
enum EntryKind : Entry {
  kLiteral = 0x8000,
  kSubtable = 0x4000,  // the value is where it begins, the low byte how many bits index it
  kEnd = 0x2000,
  kInvalid = 0x1000,
};
constexpr Entry kSpecial = kSubtable | kEnd | kInvalid;

constexpr unsigned entry_bits(Entry e) { return e & 0xff; }
constexpr unsigned entry_code_bits(Entry e) { return (e >> 8) & 15; }
constexpr unsigned entry_value(Entry e) { return e >> 16; }

constexpr unsigned kLiteralRootBits = 11;
constexpr unsigned kDistanceRootBits = 8;
constexpr unsigned kLengthRootBits = 7;
// The most entries that a complete code of so many symbols and 15 bits can need.
constexpr size_t kLiteralTableSize = 2342;
constexpr size_t kDistanceTableSize = 402;

enum class CodeKind { kLiteralLength, kDistance, kCodeLength };

// Fills `table` for the code whose symbol i has `lens[i]` bits. False when the lengths are no code:
// too many codes, or too few unless it is a single one of one bit (RFC 1951, 3.2.7), or none at
// all.
bool build_decode_table(CodeKind kind, ByteSpan lens, unsigned root_bits, std::span<Entry> table);

// The entry for what `bits` begins with, through the subtable if there is one.
inline Entry lookup(const Entry* table, unsigned root_bits, uint64_t bits) {
  Entry e = table[bits & ((1u << root_bits) - 1)];
  if ((e & kSubtable) != 0)
    e = table[entry_value(e) + ((bits >> root_bits) & ((1u << entry_bits(e)) - 1))];
  return e;
}

}  // namespace node::zlib
