// Replies that are sent piece by piece, and what becomes of them when one side stops.
#include "http/stream.h"

#include <gmock/gmock.h>

#include "server_test.h"

namespace playground::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class StreamTest : public ServerTest {
 protected:
  // A client whose request is being handled.
  std::unique_ptr<Client> ask(const std::string& request) {
    auto client = connect();
    client->send(request);
    std::size_t before = held_.size();
    run_until([&] { return held_.size() > before; });
    return client;
  }

  Stream begin_first(const std::string& first = "", std::optional<std::uint64_t> length = {},
                     int status = 200) {
    Held held = std::move(held_.front());
    held_.pop_front();
    Response head;
    head.status = status;
    head.headers.add("Content-Type", "text/plain");
    head.body = first;
    return held.responder.begin(std::move(head), length);
  }

  // Writes until told to wait; how many bytes that took.
  std::size_t fill(Stream& stream) {
    std::size_t written = 0;
    bool more = true;
    while (more) {
      more = stream.write(std::string(kPiece, 'x'));
      written += kPiece;
    }
    return written;
  }

  static constexpr std::size_t kPiece = 16 * 1024;
};

TEST_F(StreamTest, EachPieceLeavesWhenItIsWritten) {
  hold();
  open();
  auto client = ask(get("/"));
  Stream stream = begin_first();
  run_until([&] { return client->count("\r\n\r\n") == 1; });
  EXPECT_THAT(client->received(), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(client->received(), Not(HasSubstr("Content-Length")));
  EXPECT_TRUE(stream.write("one"));
  run_until([&] { return client->count("3\r\none\r\n") == 1; });
  EXPECT_TRUE(stream.write("three"));
  run_until([&] { return client->count("5\r\nthree\r\n") == 1; });
  stream.end();
  EXPECT_FALSE(stream.open());
  run_until([&] { return client->count("0\r\n\r\n") == 1; });

  client->send(get("/next"));
  run_until([&] { return !held_.empty(); });
  answer_first("\"again\"");
  run_until([&] { return client->count("\"again\"") == 1; });
}

TEST_F(StreamTest, TheFirstAndTheLastPieceNeedNoWriteOfTheirOwn) {
  hold();
  open();
  auto client = ask(get("/"));
  begin_first("one").end("two");
  run_until([&] { return client->count("0\r\n\r\n") == 1; });
  EXPECT_THAT(client->received(), EndsWith("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"));
}

TEST_F(StreamTest, AKnownLengthIsDeclared) {
  hold();
  open();
  auto client = ask(get("/"));
  Stream stream = begin_first("ab", 4);
  stream.end("cd");
  run_until([&] { return client->count("abcd") == 1; });
  EXPECT_THAT(client->received(), HasSubstr("Content-Length: 4\r\n"));
  EXPECT_THAT(client->received(), Not(HasSubstr("chunked")));
  EXPECT_FALSE(client->ended());
}

TEST_F(StreamTest, AnEndBeforeTheDeclaredLengthBreaksTheConnection) {
  hold();
  open();
  auto client = ask(get("/"));
  Stream stream = begin_first("ab", 4);
  stream.end();
  run_until([&] { return client->ended(); });
  EXPECT_THAT(client->received(), EndsWith("ab"));
}

TEST_F(StreamTest, ADroppedStreamBreaksTheConnectionWithoutALastChunk) {
  hold();
  open();
  auto client = ask(get("/"));
  int gone = 0;
  {
    Stream stream = begin_first("one");
    stream.on_gone([&] { ++gone; });
  }
  run_until([&] { return client->ended(); });
  EXPECT_THAT(client->received(), EndsWith("3\r\none\r\n"));
  EXPECT_EQ(gone, 0);
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(StreamTest, AnOldClientGetsABodyThatTheConnectionEnds) {
  hold();
  open();
  auto client = ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  Stream stream = begin_first("one");
  stream.end("two");
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_THAT(client->received(), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(client->received(), Not(HasSubstr("chunked")));
  EXPECT_THAT(client->received(), EndsWith("\r\n\r\nonetwo"));
}

TEST_F(StreamTest, AnOldClientIsToldByAResetThatSomethingIsMissing) {
  hold();
  open();
  auto client = ask("GET / HTTP/1.0\r\n\r\n");
  {
    Stream stream = begin_first("one");
    run_until([&] { return client->count("one") == 1; });
  }
  run_until([&] { return client->ended(); });
  EXPECT_TRUE(client->was_reset());
}

TEST_F(StreamTest, TheConnectionCanEndBehindAWholeBody) {
  hold();
  open();
  auto client = ask(get("/"));
  begin_first("one").end("two", Stream::Then::close);
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_THAT(client->received(), EndsWith("3\r\ntwo\r\n0\r\n\r\n"));
}

TEST_F(StreamTest, NothingOfTheBodyIsSentWhereThereIsNone) {
  hold();
  open();
  for (auto [method, status] : {std::pair{"HEAD", 200}, {"GET", 204}, {"GET", 304}}) {
    auto client = ask(std::string(method) + " / HTTP/1.1\r\nHost: a\r\n\r\n");
    Stream stream = begin_first("one", std::nullopt, status);
    EXPECT_TRUE(stream.write("two"));
    stream.end("three");
    // The next reply follows the head at once.
    client->send(get("/next"));
    run_until([&] { return !held_.empty(); });
    answer_first("1");
    run_until([&] { return client->count("\r\n\r\n") == 2; });
    EXPECT_THAT(client->received(), HasSubstr("\r\n\r\nHTTP/1.1 200 OK\r\n"));
  }
}

TEST_F(StreamTest, PipelinedRequestsWaitBehindAStream) {
  hold();
  open();
  auto client = ask(get("/1") + get("/2") + get("/3"));
  Stream stream = begin_first("one");
  run_until([&] { return client->count("one") == 1; });
  settle();
  EXPECT_TRUE(held_.empty());
  EXPECT_TRUE(stream.write("two"));
  stream.end();
  EXPECT_TRUE(held_.empty()) << "the next request within end()";
  run_until([&] { return held_.size() == 1; });
  answer_first("\"second\"");
  run_until([&] { return held_.size() == 1; });
  answer_first("\"third\"");
  run_until([&] { return client->count("third") == 1; });
  EXPECT_EQ(handled_, 3);
}

TEST_F(StreamTest, AWriterIsToldToWaitForASlowClient) {
  hold();
  open();
  auto client = ask(get("/"));
  client->pause();
  Stream stream = begin_first();
  int drained = 0;
  stream.on_drained([&] { ++drained; });
  std::size_t written = fill(stream);
  settle();
  EXPECT_EQ(drained, 0);
  client->resume();
  run_until([&] { return drained == 1; });
  EXPECT_TRUE(stream.write("more"));
  stream.end();
  run_until([&] { return client->count("0\r\n\r\n") == 1; });
  EXPECT_EQ(client->count("\r\n4000\r\n"), written / kPiece);
  EXPECT_EQ(drained, 1);
}

TEST_F(StreamTest, OnDrainedMayDropTheStream) {
  hold();
  open();
  auto client = ask(get("/"));
  client->pause();
  std::optional<Stream> stream = begin_first();
  stream->on_drained([&] { stream.reset(); });
  fill(*stream);
  client->resume();
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(stream.has_value());
  EXPECT_EQ(client->count("0\r\n\r\n"), 0u);
}

TEST_F(StreamTest, AClientThatTakesNothingIsGivenUp) {
  limits_.write_timeout = milliseconds{50};
  hold();
  open();
  auto client = ask(get("/"));
  client->pause();
  Stream stream = begin_first();
  int gone = 0;
  stream.on_gone([&] { ++gone; });
  fill(stream);
  run_until([&] { return gone == 1; });
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(StreamTest, ALeavingClientIsToldOnce) {
  hold();
  open();
  for (bool in_order : {true, false}) {
    auto client = ask(get("/"));
    Stream stream = begin_first("one");
    int gone = 0;
    stream.on_gone([&] { ++gone; });
    if (in_order) {
      client->shutdown();
    } else {
      client->reset();
    }
    run_until([&] { return gone > 0; });
    EXPECT_TRUE(stream.write("two"));
    stream.end();
    settle();
    EXPECT_EQ(gone, 1);
    EXPECT_EQ(server_->connections(), 0u);
  }
}

TEST_F(StreamTest, AWriteThatFailsCallsNobodyBackMeanwhile) {
  hold();
  open();
  auto client = ask(get("/"));
  std::optional<Stream> stream = begin_first("one");
  int gone = 0;
  stream->on_gone([&] {
    ++gone;
    stream.reset();
  });
  client->reset();
  while (stream->write(std::string(kPiece, 'x'))) {
  }
  EXPECT_EQ(gone, 0);
  run_until([&] { return gone == 1; });
}

TEST_F(StreamTest, OutlivesTheServer) {
  hold();
  open();
  auto client = ask(get("/"));
  Stream stream = begin_first("one");
  server_.reset();
  EXPECT_TRUE(stream.write("two"));
  stream.end();
  run_until([&] { return client->ended(); });
  EXPECT_EQ(client->count("two"), 0u);
}

TEST_F(StreamTest, ADrainingServerLetsItEnd) {
  hold();
  open();
  auto client = ask(get("/"));
  Stream stream = begin_first("one");
  bool empty = false;
  server_->close_when_idle([&] { empty = true; });
  settle();
  EXPECT_FALSE(empty);
  EXPECT_TRUE(stream.write("two"));
  stream.end();
  run_until([&] { return client->ended() && empty; });
  EXPECT_THAT(client->received(), EndsWith("3\r\ntwo\r\n0\r\n\r\n"));
}

}  // namespace
}  // namespace playground::http
