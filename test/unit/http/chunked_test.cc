// Chunked bodies: what is taken, and the bounds on what comes beside the data.
#include <random>

#include "parse.h"

namespace playground::http {
namespace {

const std::string kHead = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n";

std::string body_of(const std::string& chunks) {
  Outcome outcome = parse_every_way(kHead + chunks);
  EXPECT_EQ(outcome.requests.size(), 1u) << outcome.text();
  return outcome.requests.empty() ? "" : outcome.requests[0].body;
}

TEST(Chunked, IsPutTogether) {
  EXPECT_EQ(body_of("0\r\n\r\n"), "");
  EXPECT_EQ(body_of("5\r\nhello\r\n0\r\n\r\n"), "hello");
  EXPECT_EQ(body_of("1\r\na\r\n00a\r\n0123456789\r\n000\r\n\r\n"), "a0123456789");
  EXPECT_EQ(body_of("A\r\n\r\n0\r\n\r\n0\r\n\r\n0\r\n\r\n"), "\r\n0\r\n\r\n0\r\n");
}

TEST(Chunked, ExtensionsAndTrailersAreDropped) {
  EXPECT_EQ(body_of("1;a;b=\"c d\";e=f\r\nx\r\n0;z\r\nTrailer-One: 1\r\nTwo: 2\r\n\r\n"), "x");
}

TEST(Chunked, TrailersDoNotBecomeFields) {
  Outcome outcome = parse({kHead + "0\r\nX-Admin: 1\r\n\r\n"});
  ASSERT_EQ(outcome.requests.size(), 1u);
  EXPECT_EQ(outcome.requests[0].headers.count("x-admin"), 0u);
}

TEST(Chunked, ExtensionsAreBoundedInAll) {
  std::string chunks;
  for (int i = 0; i < 100; ++i) chunks += "1;name=" + std::string(100, 'v') + "\r\nx\r\n";
  EXPECT_EQ(parse({kHead + chunks + "0\r\n\r\n"}).refusal.status, 400);
  EXPECT_EQ(parse({kHead + "1;" + std::string(5000, 'n')}).refusal.status, 400);
}

TEST(Chunked, TrailersAreBounded) {
  EXPECT_EQ(parse({kHead + "0\r\nA: " + std::string(5000, 'v')}).refusal.status, 400);
  std::string many;
  for (int i = 0; i < 30; ++i) many += "A: b\r\n";
  EXPECT_EQ(parse({kHead + "0\r\n" + many + "\r\n"}).refusal.status, 400);
}

TEST(Chunked, ManySmallChunksOfALargeBody) {
  std::string chunks;
  std::string expected;
  std::mt19937 random(7);
  while (expected.size() < 200'000) {
    std::string piece(1 + random() % 20, static_cast<char>('a' + random() % 26));
    char size[8];
    std::snprintf(size, sizeof(size), "%zx", piece.size());
    chunks += size + ("\r\n" + piece) + "\r\n";
    expected += piece;
  }
  std::string bytes = kHead + chunks + "0\r\n\r\n";
  std::vector<std::string_view> pieces;
  for (std::string_view rest = bytes; !rest.empty();) {
    pieces.push_back(rest.substr(0, 1 + random() % 1000));
    rest.remove_prefix(pieces.back().size());
  }
  Outcome outcome = parse(pieces);
  ASSERT_EQ(outcome.requests.size(), 1u) << outcome.text();
  EXPECT_TRUE(outcome.requests[0].body == expected);
}

// Bytes at random in place of good ones: nothing crashes, and how they were cut changes nothing.
TEST(Chunked, MutatedMessagesGiveTheSameOutcomeHoweverTheyAreCut) {
  const std::string seed =
      kHead + "5;a=b\r\nhello\r\n1\r\nx\r\n0\r\nT: v\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string_view alphabet("\r\n\r\n 0a5;=\"\\x\t:\0/,-+\x80", 21);
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = seed;
    for (int i = 0; i < 1 + round % 3; ++i) {
      bytes[random() % bytes.size()] = alphabet[random() % alphabet.size()];
    }
    parse_every_way(bytes);
  }
}

}  // namespace
}  // namespace playground::http
