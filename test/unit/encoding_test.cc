// Encodings: UTF-8 checks, hex, base64, Latin-1, searching.
#include "core/base/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace node {
namespace {

const uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

std::string encode64(std::string_view text, Base64 kind = Base64::kStandard) {
  std::string out(base64_encoded_size(text.size(), kind), '?');
  base64_encode(bytes(text), text.size(), out.data(), kind);
  return out;
}

std::string decode64(std::string_view text, size_t capacity = 1000) {
  std::vector<uint8_t> out(capacity);
  size_t n = base64_decode(bytes(text), text.size(), out.data(), capacity);
  return std::string(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n));
}

TEST(Encoding, KnowsAsciiInEveryPosition) {
  for (size_t len = 0; len < 150; ++len) {
    std::string text(len, 'a');
    EXPECT_TRUE(is_ascii(text.data(), len));
    for (size_t i = 0; i < len; ++i) {
      text[i] = '\x80';
      EXPECT_FALSE(is_ascii(text.data(), len)) << len << " " << i;
      text[i] = 'a';
    }
  }
}

TEST(Encoding, AcceptsWellFormedUtf8) {
  for (std::string_view good :
       {"", "plain", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF", "eight by\xC3\xA9t\xE2\x82\xAC\xF0\x9F\x98\x80s"}) {
    EXPECT_TRUE(is_utf8(good.data(), good.size())) << good;
  }
}

TEST(Encoding, RefusesMalformedUtf8) {
  for (std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xE2\x82",
                               "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                               "\xF5\x80\x80\x80", "\xF0\x9F\x98", "long enough text \xFF"}) {
    EXPECT_FALSE(is_utf8(bad.data(), bad.size())) << bad;
  }
}

TEST(Encoding, MeasuresUtf8) {
  EXPECT_EQ(utf8_length(bytes("0123456789\xE9\xFF"), 12), 14u);
  const uint16_t text[] = {'a', 0x7FF, 0x800, 0xD83D, 0xDE00, 0xD800, 'x', 0xDC00};
  EXPECT_EQ(utf8_length(text, 8), 1u + 2 + 3 + 4 + 3 + 1 + 3);
  EXPECT_EQ(utf8_length(text, 4), 1u + 2 + 3 + 3);
}

TEST(Encoding, WidensLatin1InPlace) {
  uint8_t data[8] = {'a', 0xE9, 'b', 0xFF};
  EXPECT_EQ(latin1_to_utf8_in_place(data, 4, 8), 6u);
  EXPECT_EQ(std::string(data, data + 6),
            "a\xC3\xA9"
            "b\xC3\xBF");
  uint8_t tight[4] = {'a', 'b', 'c', 0xE9};
  EXPECT_EQ(latin1_to_utf8_in_place(tight, 4, 4), 3u);
}

TEST(Encoding, HexRoundTrip) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  std::string text(512, '?');
  hex_encode(bytes(all), 256, text.data());
  EXPECT_EQ(text.substr(0, 8), "00010203");
  uint8_t back[256];
  EXPECT_EQ(hex_decode(bytes(text), 512, back, 256), 256u);
  EXPECT_EQ(std::string(back, back + 256), all);
}

TEST(Encoding, HexStopsAtTheFirstBadPair) {
  uint8_t out[8];
  EXPECT_EQ(hex_decode(bytes("aBxx12"), 6, out, 8), 1u);
  EXPECT_EQ(out[0], 0xAB);
  EXPECT_EQ(hex_decode(bytes("abc"), 3, out, 8), 1u);
  EXPECT_EQ(hex_decode(bytes("abcdef"), 6, out, 2), 2u);
  const uint16_t wide[] = {'1', '2', 0x100 + '3', '4'};
  EXPECT_EQ(hex_decode(wide, 4, out, 8), 1u);
}

// The examples of RFC 4648, section 10.
TEST(Encoding, Base64OfTheRfc) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (auto [plain, coded] : cases) {
    EXPECT_EQ(encode64(plain), coded);
    EXPECT_EQ(decode64(coded), plain);
  }
  EXPECT_EQ(encode64("f", Base64::kUrl), "Zg");
  EXPECT_EQ(encode64("fo", Base64::kUrl), "Zm8");
  EXPECT_EQ(encode64("\xFB\xFF\xFE"), "+//+");
  EXPECT_EQ(encode64("\xFB\xFF\xFE", Base64::kUrl), "-__-");
}

TEST(Encoding, Base64DecodesLeniently) {
  EXPECT_EQ(decode64("Zm9v\nYmFy"), "foobar");
  EXPECT_EQ(decode64(" Z m 9 v "), "foo");
  EXPECT_EQ(decode64("Zm*9v"), "foo");
  EXPECT_EQ(decode64("-__-+//+"), "\xFB\xFF\xFE\xFB\xFF\xFE");
  EXPECT_EQ(decode64("Zg==Zm8="), "f");
  EXPECT_EQ(decode64("Zm9vYmE"), "fooba");
  EXPECT_EQ(decode64("Z"), "");
  EXPECT_EQ(decode64("Zm9vYmFy", 4), "foob");
  EXPECT_EQ(decode64("Zm9vYmFy", 0), "");
  EXPECT_EQ(base64_decoded_size(bytes("Zg=="), 4), 1u);
  EXPECT_EQ(base64_decoded_size(bytes("Zm8"), 3), 2u);
  EXPECT_EQ(base64_decoded_size(bytes("="), 1), 0u);
}

TEST(Encoding, ForgivingBase64IsStrictAboutCharacters) {
  uint8_t out[32];
  size_t n = 0;
  auto decode = [&](std::string_view t) {
    return base64_decode_forgiving(bytes(t), t.size(), out, &n);
  };
  EXPECT_EQ(decode(" Zm9v\tYg== "), Base64Error::kNone);
  EXPECT_EQ(n, 4u);
  EXPECT_EQ(decode("Zg"), Base64Error::kNone);
  EXPECT_EQ(decode("Zg="), Base64Error::kCharacter);
  EXPECT_EQ(decode("Zg==="), Base64Error::kCharacter);
  EXPECT_EQ(decode("Z=g="), Base64Error::kCharacter);
  EXPECT_EQ(decode("Zm-v"), Base64Error::kCharacter);
  EXPECT_EQ(decode("Zm9vY"), Base64Error::kLength);
}

TEST(Encoding, FindsForwardsAndBackwards) {
  std::string_view hay = "abcabcab";
  auto find = [&](std::string_view needle, size_t from, bool back, size_t step = 1) {
    return find_bytes(bytes(hay), hay.size(), bytes(needle), needle.size(), from, back, step);
  };
  EXPECT_EQ(find("abc", 0, false), 0);
  EXPECT_EQ(find("abc", 1, false), 3);
  EXPECT_EQ(find("abc", 4, false), -1);
  EXPECT_EQ(find("abc", 8, true), 3);
  EXPECT_EQ(find("abc", 2, true), 0);
  EXPECT_EQ(find("ca", 0, false, 2), 2);
  EXPECT_EQ(find("bc", 0, false, 2), 4);
  EXPECT_EQ(find("abcabcabc", 0, false), -1);
}

TEST(Encoding, SwapsBytes) {
  uint8_t data[] = {1, 2, 3, 4, 5, 6, 7, 8};
  swap_bytes(data, 8, 2);
  EXPECT_EQ(data[0], 2);
  swap_bytes(data, 8, 2);
  swap_bytes(data, 8, 8);
  EXPECT_EQ(data[0], 8);
  EXPECT_EQ(data[7], 1);
}

}  // namespace
}  // namespace node
