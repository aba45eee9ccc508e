#include "app/output_lines.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <random>
#include <string>

#include "base/json_string.h"

namespace playground::app {
namespace {

using exec::StandardStream;

TEST(OutputLines, ALineForEachPiece) {
  OutputLines lines;
  EXPECT_EQ(lines.take(StandardStream::out, "a\"\n"), "{\"stdout\":\"a\\\"\\n\"}\n");
  EXPECT_EQ(lines.take(StandardStream::err, "e"), "{\"stderr\":\"e\"}\n");
  EXPECT_EQ(lines.take(StandardStream::out, ""), "");
  EXPECT_EQ(lines.take_rest(), "");
}

TEST(OutputLines, ACharacterWaitsForItsLastByteOnItsOwnStream) {
  OutputLines lines;
  EXPECT_EQ(lines.take(StandardStream::out, "\xE2"), "");
  EXPECT_EQ(lines.take(StandardStream::err, "\xC3"), "");
  EXPECT_EQ(lines.take(StandardStream::out, "\x82"), "");
  EXPECT_EQ(lines.take(StandardStream::out, "\xAC."), "{\"stdout\":\"\xE2\x82\xAC.\"}\n");
  EXPECT_EQ(lines.take_rest(), "{\"stderr\":\"\xEF\xBF\xBD\"}\n");
}

TEST(OutputLines, LongOutputIsSeveralLines) {
  OutputLines lines;
  // The limit falls into a character.
  std::string text(OutputLines::kMostBytes - 1, 'x');
  std::string expected = "{\"stdout\":\"" + text + "\"}\n{\"stdout\":\"\xC3\xA9tail\"}\n";
  EXPECT_EQ(lines.take(StandardStream::out, text + "\xC3\xA9tail"), expected);
}

std::string decoded(std::string_view lines) {
  simdjson::dom::parser parser;
  std::string text;
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n') + 1);
    lines.remove_prefix(line.size());
    std::string_view piece;
    EXPECT_EQ(parser.parse(line.data(), line.size())["stdout"].get(piece), simdjson::SUCCESS);
    text += piece;
  }
  return text;
}

// Whatever is printed, and however it is cut.
TEST(OutputLines, TogetherTheyAreWhatAWholeReplyWouldHave) {
  std::mt19937 random(1);
  auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  const std::string_view kParts[] = {
      "a",    "\n",   "\"",   "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x90\x8D",
      "\xC3", "\xE2", "\x82", "\xF0\x9F", "\xED\xA0",     "\xFF",
      "\x80", "\xF4", "\x90", "\xC0"};
  for (int round = 0; round < 2000; ++round) {
    std::string output;
    for (std::size_t parts = below(12); parts > 0; --parts) {
      output += kParts[below(std::size(kParts))];
    }
    std::string whole = "{\"stdout\":";
    append_json_string(whole, output);
    whole += "}\n";
    OutputLines lines;
    std::string pieces;
    for (std::string_view rest = output; !rest.empty();) {
      std::size_t size = 1 + below(4);
      pieces += lines.take(StandardStream::out, rest.substr(0, size));
      rest.remove_prefix(std::min(size, rest.size()));
    }
    pieces += lines.take_rest();
    ASSERT_EQ(decoded(pieces), decoded(whole)) << testing::PrintToString(output);
  }
}

}  // namespace
}  // namespace playground::app
