#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
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
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 33; ++place) {
      std::string text(33, 'x');
      text[place] = static_cast<char>(byte);
      std::string expected = "\"" + std::string(place, 'x') +
                             escape_of(static_cast<unsigned char>(byte)) +
                             std::string(32 - place, 'x') + "\"";
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

TEST(JsonString, AllControlsIsTheLongestOutcome) {
  std::string text(10'000, '\1');
  EXPECT_EQ(json_of(text).size(), 2 + 6 * text.size());
}

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  JsonWriter json;
  json.begin_object();
  json.key("a").integer(-1).key("b").begin_array();
  json.string("x").null().boolean(true).boolean(false);
  json.begin_object().end_object().begin_array().end_array().integer(2);
  json.end_array().key("c").begin_object().key("d").string("").end_object();
  json.key("e").number(0.5).end_object();
  EXPECT_EQ(json.take(), R"({"a":-1,"b":["x",null,true,false,{},[],2],"c":{"d":""},"e":0.5})");
}

TEST(JsonWriter, NumbersHaveThreeDecimalsAtMost) {
  auto number = [](double value) {
    JsonWriter json;
    json.number(value);
    return json.take();
  };
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(-0.0001), "0");
  EXPECT_EQ(number(100), "100");
  EXPECT_EQ(number(1.25), "1.25");
  EXPECT_EQ(number(-2.0006), "-2.001");
  EXPECT_EQ(number(1e15), "1000000000000000");
  EXPECT_EQ(number(std::numeric_limits<double>::max()).size(), 309u);
  EXPECT_EQ(number(std::nan("")), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWriter, IntegersOfFullRange) {
  JsonWriter json;
  json.begin_array().integer(INT64_MIN).integer(INT64_MAX).end_array();
  EXPECT_EQ(json.take(), "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, CountsAreMembersOfFullRange) {
  JsonWriter json;
  json.begin_object().count("none", 0).count("all", UINT64_MAX);
  json.key("next").null().end_object();
  EXPECT_EQ(json.take(), R"({"none":0,"all":18446744073709551615,"next":null})");
}

}  // namespace
}  // namespace playground
