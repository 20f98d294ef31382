// Writing blocks: which way is shortest, the codes' description, the symbols.
#include "zlib/block_writer.h"

#include <array>

namespace node::zlib {

namespace {

constexpr size_t kMaxStored = 65535;
constexpr uint8_t kRunExtra[19] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

// Length to symbol (from 0), for 3 to 258.
constexpr auto make_length_symbols() {
  std::array<uint8_t, kMaxMatch + 1> table{};
  for (uint8_t symbol = 0; symbol < 29; symbol++)
    for (size_t i = 0; i < (size_t{1} << kLengthExtra[symbol]); i++)
      if (kLengthBase[symbol] + i <= kMaxMatch) table[kLengthBase[symbol] + i] = symbol;
  return table;
}
constexpr auto kLengthSymbols = make_length_symbols();

// Distance - 1 to symbol: the first half for those below 256, the second for the others by 128s.
constexpr auto make_distance_symbols() {
  std::array<uint8_t, 512> table{};
  for (uint8_t symbol = 0; symbol < 30; symbol++) {
    for (size_t i = 0; i < (size_t{1} << kDistanceExtra[symbol]); i++) {
      size_t distance = kDistanceBase[symbol] + i - 1;
      table[distance < 256 ? distance : 256 + (distance >> 7)] = symbol;
    }
  }
  return table;
}
constexpr auto kDistanceSymbols512 = make_distance_symbols();

struct FixedCodes {
  uint8_t literal_lens[288], distance_lens[kDistanceSymbols];
  Code literals[288], distances[kDistanceSymbols];
  FixedCodes() {
    for (unsigned i = 0; i < 288; i++) literal_lens[i] = static_cast<uint8_t>(fixed_code_bits(i));
    std::fill_n(distance_lens, kDistanceSymbols, 5);
    make_codes(literal_lens, literals);
    // All 32 codes have five bits; the last two are unused, and those before do not depend on them.
    make_codes(distance_lens, distances);
  }
};
const FixedCodes& fixed_codes() {
  static const FixedCodes codes;
  return codes;
}

}  // namespace

unsigned BlockWriter::length_symbol(size_t len) { return kLengthSymbols[len]; }
unsigned BlockWriter::distance_symbol(size_t distance) {
  size_t i = distance - 1;
  return kDistanceSymbols512[i < 256 ? i : 256 + (i >> 7)];
}

BlockWriter::BlockWriter(size_t max_symbols)
    : max_symbols_(max_symbols), symbols_(new uint32_t[max_symbols]) {}

void BlockWriter::clear() {
  len_ = 0;
  std::fill(std::begin(literal_counts_), std::end(literal_counts_), 0);
  std::fill(std::begin(distance_counts_), std::end(distance_counts_), 0);
}

// ---- Stored and empty blocks ---------------------------------------------------------------

void BlockWriter::write_stored(BitWriter* out, ByteSpan bytes, bool last) {
  do {
    ByteSpan part = bytes.first(std::min(bytes.size(), kMaxStored));
    bytes = bytes.subspan(part.size());
    out->reserve(part.size() + 16);
    out->write(last && bytes.empty() ? 1 : 0, 3);
    out->align();
    out->write(part.size() | (~part.size() & 0xffff) << 16, 32);
    out->write_bytes(part);
  } while (!bytes.empty());
}

void BlockWriter::write_empty_fixed(BitWriter* out, bool last) {
  out->reserve(16);
  out->write(last ? 3 : 2, 3);
  out->write(0, 7);
}

// ---- Choosing ------------------------------------------------------------------------------

void BlockWriter::write_block(BitWriter* out, ByteSpan stored, bool last, bool only_fixed) {
  literal_counts_[kEndOfBlock] = 1;
  size_t dynamic = only_fixed ? SIZE_MAX : plan_dynamic();
  size_t fixed = fixed_bits();
  bool use_fixed = fixed <= dynamic;
  size_t bits = 3 + std::min(fixed, dynamic);
  size_t stored_blocks = std::max<size_t>(1, (stored.size() + kMaxStored - 1) / kMaxStored);
  if (stored.data() != nullptr && (stored.size() + 4 * stored_blocks) * 8 + 3 <= bits) {
    write_stored(out, stored, last);
    return clear();
  }
  out->reserve(bits / 8 + 16);
  out->write((last ? 1 : 0) | (use_fixed ? 2 : 4), 3);
  if (use_fixed) {
    std::copy_n(fixed_codes().literals, 288, literal_codes_);
    std::copy_n(fixed_codes().distances, kDistanceSymbols, distance_codes_);
  } else {
    write_dynamic_head(out);
    make_codes({literal_lens_, kLiteralLengthSymbols}, literal_codes_);
    make_codes(distance_lens_, distance_codes_);
  }
  write_symbols(out);
  clear();
}

size_t BlockWriter::content_bits(const uint8_t* literal_lens, const uint8_t* distance_lens) const {
  size_t bits = 0;
  for (size_t i = 0; i < kLiteralLengthSymbols; i++) {
    unsigned extra = i > kEndOfBlock ? kLengthExtra[i - kEndOfBlock - 1] : 0;
    bits += literal_counts_[i] * size_t{literal_lens[i] + extra};
  }
  for (size_t i = 0; i < kDistanceSymbols; i++)
    bits += distance_counts_[i] * size_t{distance_lens[i]} +
            distance_counts_[i] * size_t{kDistanceExtra[i]};
  return bits;
}

size_t BlockWriter::fixed_bits() const {
  return content_bits(fixed_codes().literal_lens, fixed_codes().distance_lens);
}

// Makes the codes that fit this block best; returns how many bits it takes with them.
size_t BlockWriter::plan_dynamic() {
  make_code_lengths(literal_counts_, kMaxCodeBits, {literal_lens_, kLiteralLengthSymbols});
  make_code_lengths(distance_counts_, kMaxCodeBits, distance_lens_);
  literals_used_ = kLiteralLengthSymbols;
  while (literal_lens_[literals_used_ - 1] == 0) literals_used_--;
  distances_used_ = kDistanceSymbols;
  while (distances_used_ > 1 && distance_lens_[distances_used_ - 1] == 0) distances_used_--;
  std::copy_n(literal_lens_, literals_used_, lens_);
  std::copy_n(distance_lens_, distances_used_, lens_ + literals_used_);
  plan_runs();

  uint32_t counts[19] = {};
  for (size_t i = 0; i < run_count_; i++) counts[runs_[i].symbol]++;
  make_code_lengths(counts, 7, header_lens_);
  headers_used_ = 19;
  while (headers_used_ > 4 && header_lens_[kCodeLengthOrder[headers_used_ - 1]] == 0)
    headers_used_--;
  size_t bits = 14 + 3 * headers_used_;
  for (size_t i = 0; i < 19; i++)
    bits += counts[i] * size_t{header_lens_[i]} + counts[i] * size_t{kRunExtra[i]};
  return bits + content_bits(literal_lens_, distance_lens_);
}

void BlockWriter::plan_runs() {
  const size_t total = literals_used_ + distances_used_;
  run_count_ = 0;
  auto put = [&](unsigned symbol, size_t extra) {
    runs_[run_count_++] = {static_cast<uint8_t>(symbol), static_cast<uint8_t>(extra)};
  };
  for (size_t i = 0; i < total;) {
    uint8_t len = lens_[i];
    size_t run = 1;
    while (i + run < total && lens_[i + run] == len) run++;
    i += run;
    if (len != 0) {
      put(len, 0);
      run--;
    }
    while (run >= 3) {
      size_t n = std::min<size_t>(run, len != 0 ? 6 : 138);
      if (len != 0) put(16, n - 3);
      if (len == 0) n <= 10 ? put(17, n - 3) : put(18, n - 11);
      run -= n;
    }
    for (; run > 0; run--) put(len, 0);
  }
}

// ---- Writing -------------------------------------------------------------------------------

void BlockWriter::write_dynamic_head(BitWriter* out) {
  out->write(literals_used_ - 257, 5);
  out->write(distances_used_ - 1, 5);
  out->write(headers_used_ - 4, 4);
  for (size_t i = 0; i < headers_used_; i++) out->write(header_lens_[kCodeLengthOrder[i]], 3);
  Code codes[19];
  make_codes(header_lens_, codes);
  for (size_t i = 0; i < run_count_; i++) {
    out->write(codes[runs_[i].symbol].bits, codes[runs_[i].symbol].len);
    out->write(runs_[i].extra, kRunExtra[runs_[i].symbol]);
  }
}

void BlockWriter::write_symbols(BitWriter* out) {
  for (size_t i = 0; i < len_; i++) {
    uint32_t symbol = symbols_[i];
    if (symbol < 256) {
      out->write(literal_codes_[symbol].bits, literal_codes_[symbol].len);
      continue;
    }
    // At most 48 bits: 15 and 5 extra for the length, 15 and 13 extra for the distance.
    unsigned len = symbol & 511, distance = symbol >> 9;
    unsigned l = length_symbol(len), d = distance_symbol(distance);
    Code code = literal_codes_[kEndOfBlock + 1 + l];
    uint64_t bits = code.bits | uint64_t{len - kLengthBase[l]} << code.len;
    unsigned count = code.len + kLengthExtra[l];
    code = distance_codes_[d];
    bits |= uint64_t{code.bits} << count;
    count += code.len;
    bits |= uint64_t{distance - kDistanceBase[d]} << count;
    out->write(bits, count + kDistanceExtra[d]);
  }
  out->write(literal_codes_[kEndOfBlock].bits, literal_codes_[kEndOfBlock].len);
}

}  // namespace node::zlib
