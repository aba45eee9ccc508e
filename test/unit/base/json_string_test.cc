#include "base/json_string.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace playground {
namespace {

constexpr std::string_view kBad = "\xEF\xBF\xBD";

std::string json_of(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// The rule again, in the plainest way.
std::string escape_of(unsigned char byte) {
  switch (byte) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    default:
      break;
  }
  if (byte >= 0x80) return std::string(kBad);
  if (byte >= 0x20) return std::string(1, static_cast<char>(byte));
  char text[8];
  std::snprintf(text, sizeof(text), "\\u%04x", byte);
  return text;
}

TEST(JsonString, EveryByteAlone) {
  for (int byte = 0; byte < 256; ++byte) {
    char c = static_cast<char>(byte);
    EXPECT_EQ(json_of({&c, 1}), "\"" + escape_of(static_cast<unsigned char>(byte)) + "\"") << byte;
  }
}

TEST(JsonString, EveryByteAtEveryPlaceInABlock) {
  constexpr std::size_t kBlocks = 64 + 8 + 3;  // one of each size in which bytes are looked at
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < kBlocks; ++place) {
      std::string text(kBlocks, 'x');
      text[place] = static_cast<char>(byte);
      std::string expected = "\"" + std::string(place, 'x') +
                             escape_of(static_cast<unsigned char>(byte)) +
                             std::string(kBlocks - 1 - place, 'x') + "\"";
      ASSERT_EQ(json_of(text), expected) << byte << " at " << place;
    }
  }
}

TEST(JsonString, LeavesAsTheyAreWhatJsonDoesNotForbid) {
  std::string text = "/ \x7f \xE2\x80\xA8 \xE2\x80\xA9 <>&' \xC3\xA9 \xF0\x9F\x90\x8D";
  EXPECT_EQ(json_of(text), "\"" + text + "\"");
}

struct Replaced {
  std::string_view bytes;
  int replacements;
};

// One U+FFFD for each maximal ill-formed part, as bytes.decode(errors="replace") of Python gives.
TEST(JsonString, EveryTruncatedFormIsOneReplacement) {
  for (std::string_view whole : {"\xC3\xA9", "\xE2\x82\xAC", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                 "\xF0\x90\x80\x80", "\xF1\x80\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(json_of(whole), "\"" + std::string(whole) + "\"");
    for (std::size_t length = 1; length < whole.size(); ++length) {
      std::string cut(whole.substr(0, length));
      EXPECT_EQ(json_of(cut), "\"" + std::string(kBad) + "\"");
      EXPECT_EQ(json_of("a\n" + cut + "z\""), "\"a\\n" + std::string(kBad) + "z\\\"\"");
      EXPECT_EQ(json_of(cut + cut), "\"" + std::string(kBad) + std::string(kBad) + "\"");
    }
  }
}

TEST(JsonString, IllFormedSequencesAreReplacedPartByPart) {
  const std::vector<Replaced> cases = {
      {"\x80", 1},
      {"\xBF\xBF", 2},
      {"\xC0\x80", 2},                  // overlong
      {"\xC1\xBF", 2},                  // overlong
      {"\xE0\x80\x80", 3},              // overlong
      {"\xE0\x9F\xBF", 3},              // overlong
      {"\xF0\x80\x80\x80", 4},          // overlong
      {"\xED\xA0\x80", 3},              // a surrogate
      {"\xED\xBF\xBF", 3},              // a surrogate
      {"\xF4\x90\x80\x80", 4},          // beyond U+10FFFF
      {"\xF5\x80\x80\x80", 4},          // beyond U+10FFFF
      {"\xFE\xFF", 2},                  // never in UTF-8
      {"\xF1\x80\x80\xE1\x80\xC2", 3},  // the example of Unicode 15, table 3-8
      {"\xE2\x82\xE2\x82", 2},
  };
  for (const Replaced& c : cases) {
    std::string expected = "\"";
    for (int i = 0; i < c.replacements; ++i) expected += kBad;
    EXPECT_EQ(json_of(c.bytes), expected + "\"") << testing::PrintToString(c.bytes);
  }
}

TEST(JsonString, LongTextComesOutWhole) {
  std::mt19937 random(42);
  std::string text;
  std::string expected = "\"";
  for (int i = 0; i < 100'000; ++i) {
    auto byte = static_cast<unsigned char>(random() % 128);
    text += static_cast<char>(byte);
    expected += escape_of(byte);
  }
  EXPECT_EQ(json_of(text), expected + "\"");
  EXPECT_EQ(json_of(text + "\xFF"), expected + std::string(kBad) + "\"");
}

// Of every length, with few and with many bytes between that need an escape or are part of longer
// characters.
TEST(JsonString, ComesOutAsInThePlainestWay) {
  const std::vector<std::string> plain = {
      "a", "z", " ", "\x7f", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x90\x8D"};
  const std::vector<std::string> escaped = {"\"",   "\\",   "\n",  "\t", std::string(1, '\0'),
                                            "\x1f", "\x80", "\xFF"};
  std::mt19937 random(7);
  auto one_of = [&](const auto& list) { return list[random() % list.size()]; };
  for (unsigned length = 0; length < 3000; ++length) {
    unsigned rarely = 1 + length % 50;
    std::string text;
    std::string expected = "\"";
    for (unsigned i = 0; i < length % 300; ++i) {
      bool escapes = random() % rarely == 0;
      std::string part = escapes ? one_of(escaped) : one_of(plain);
      text += part;
      expected += escapes ? escape_of(static_cast<unsigned char>(part[0])) : part;
    }
    ASSERT_EQ(json_of(text), expected + "\"");
  }
}

TEST(JsonString, AllControlsIsTheLongestOutcome) {
  std::string text(10'000, '\1');
  EXPECT_EQ(json_of(text).size(), 2 + 6 * text.size());
}

}  // namespace
}  // namespace playground
