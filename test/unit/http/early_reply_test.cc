// Replies that are sent before everything was read: they must arrive, whatever the client still
// sends.
#include <gmock/gmock.h>

#include "server_test.h"

namespace playground::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class EarlyReplyTest : public ServerTest {
 protected:
  // Sends, and returns what came until the server closed.
  std::string ask(const std::string& bytes) {
    auto client = connect();
    client->send(bytes);
    run_until([&] { return client->ended(); });
    EXPECT_FALSE(client->was_reset());
    return client->received();
  }
};

TEST_F(EarlyReplyTest, BadFramingIsToldAndTheConnectionEnds) {
  open();
  auto client = connect();
  client->send("GET / HTTP/1.1\nHost: a\n\n" + get("/next"));
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  client->shutdown();
  run_until([&] { return server_->connections() == 0; });
  EXPECT_THAT(client->received(), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(client->received(), HasSubstr(R"({"error":{"code":"bad_request",)"));
  EXPECT_EQ(client->count("HTTP/1.1"), 1u);
  EXPECT_EQ(handled_, 0);
}

// RFC 9110, 9.3.2: what came behind the head would be taken for the next reply.
TEST_F(EarlyReplyTest, ARefusedHeadRequestGetsNoBody) {
  open();
  for (const char* bytes : {"HEAD / HTTP/1.1\r\n\r\n", "HEAD x HTTP/1.1\r\n"}) {
    std::string reply = ask(bytes);
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 400 ")) << bytes;
    EXPECT_THAT(reply, EndsWith("\r\n\r\n")) << bytes;
  }
}

TEST_F(EarlyReplyTest, ATooLargeBodyIsRefusedBeforeItIsRead) {
  limits_.max_body_bytes = 1000;
  open();
  std::string reply = ask(post("/", std::string(500'000, 'x')));
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(reply, HasSubstr("\"body_too_large\""));
  EXPECT_EQ(handled_, 0);
}

TEST_F(EarlyReplyTest, ContinueIsNotSentForABodyThatIsRefused) {
  limits_.max_body_bytes = 1000;
  open();
  std::string reply =
      ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 413 "));
}

TEST_F(EarlyReplyTest, AClientThatNeverStopsIsCutOff) {
  limits_.max_body_bytes = 1000;
  open();
  auto client = connect();
  client->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000\r\n\r\n");
  // It never stops, however much the kernel's buffers take.
  const std::string piece(256 * 1024, 'x');
  run_until([&] {
    if (client->sent_all() && !client->cut_off()) client->send(piece);
    return client->cut_off();
  });
  run_until([&] { return server_->connections() == 0; });
  EXPECT_EQ(handled_, 0);
}

TEST_F(EarlyReplyTest, ErrorsInAPipelineComeAfterTheRepliesBeforeThem) {
  open();
  std::string reply = ask(get("/1") + get("/2") + "NONSENSE\r\n\r\n");
  std::size_t first = reply.find("\"/1\"");
  std::size_t second = reply.find("\"/2\"");
  std::size_t error = reply.find("HTTP/1.1 400");
  EXPECT_LT(first, second);
  EXPECT_LT(second, error);
  EXPECT_NE(error, std::string::npos);
}

// What is unread at the close would make it a reset.
TEST_F(EarlyReplyTest, ALastReplyOutlivesWhatCameWhileItWasMade) {
  hold();
  open();
  auto client = connect();
  client->send(get("/", "Connection: close\r\n"));
  run_until([&] { return !held_.empty(); });
  client->send("more, which the server has not looked at when it answers");
  answer_first("1");
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_EQ(client->count("200 OK"), 1u);
}

TEST_F(EarlyReplyTest, ADeadlineInTheMiddleOfAHeadIsTold) {
  limits_.head_timeout = milliseconds(5);
  open();
  std::string reply = ask("GET / HTTP/1.1\r\nHo");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
  EXPECT_THAT(reply, HasSubstr("\"request_timeout\""));
}

TEST_F(EarlyReplyTest, ADeadlineInTheMiddleOfABodyIsTold) {
  limits_.body_timeout = milliseconds(5);
  open();
  std::string reply = ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nfive.");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

TEST_F(EarlyReplyTest, AClientThatLeavesInTheMiddleOfARequestGetsNothing) {
  open();
  for (const char* part :
       {"GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"}) {
    auto client = connect();
    client->send(part);
    client->shutdown();
    run_until([&] { return client->ended(); });
    EXPECT_EQ(client->received(), "");
    EXPECT_FALSE(client->was_reset());
  }
  EXPECT_EQ(handled_, 0);
}

}  // namespace
}  // namespace playground::http
