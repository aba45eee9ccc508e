// One connection and its server over a real socket: requests in, replies out, and who waits for
// whom.
#include "http/connection.h"

#include <gmock/gmock.h>

#include "server_test.h"

namespace playground::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ConnectionTest : public ServerTest {};

TEST_F(ConnectionTest, AnswersOneRequest) {
  open();
  auto client = connect();
  client->send(get("/hello?x=1"));
  run_until([&] { return client->count("\"/hello\"") == 1; });
  EXPECT_THAT(client->received(), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("Date: "));
  EXPECT_THAT(client->received(), Not(HasSubstr("Connection:")));
  EXPECT_EQ(server_->connections(), 1u);
}

TEST_F(ConnectionTest, TellsTheHandlerEverything) {
  hold();
  open();
  auto client = connect();
  client->send(post("/a/b?c=d", "body", "X-One: 1\r\n"));
  run_until([&] { return !held_.empty(); });
  const Request& request = held_[0].request;
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/a/b");
  EXPECT_EQ(request.query, "c=d");
  EXPECT_EQ(request.headers.get("x-one"), "1");
  EXPECT_EQ(request.body, "body");
  EXPECT_THAT(request.peer, StartsWith("127.0.0.1:"));
}

TEST_F(ConnectionTest, StaysForTheNextRequest) {
  open();
  auto client = connect();
  for (std::size_t i = 1; i <= 20; ++i) {
    client->send(post("/" + std::to_string(i), std::string(i, 'x')));
    run_until([&] { return client->count("HTTP/1.1 200") == i; });
  }
  EXPECT_EQ(handled_, 20);
  EXPECT_FALSE(client->ended());
}

TEST_F(ConnectionTest, ClosesWhereTheClientAsksForIt) {
  open();
  auto client = connect();
  client->send(get("/", "Connection: close\r\n"));
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_THAT(client->received(), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(client->received(), EndsWith("\"/\""));
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(ConnectionTest, AnOldClientIsLetGoUnlessItAsksToStay) {
  open();
  auto old = connect();
  old->send("GET /old HTTP/1.0\r\n\r\n");
  run_until([&] { return old->ended(); });
  EXPECT_THAT(old->received(), HasSubstr("Connection: close\r\n"));
  auto staying = connect();
  staying->send("GET /old HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
  run_until([&] { return staying->count("\"/old\"") == 1; });
  EXPECT_THAT(staying->received(), HasSubstr("Connection: keep-alive\r\n"));
  staying->send("GET /again HTTP/1.0\r\n\r\n");
  run_until([&] { return staying->ended(); });
  EXPECT_EQ(staying->count("\"/again\""), 1u);
}

TEST_F(ConnectionTest, PipelinedRequestsAreAnsweredInOrder) {
  open();
  auto client = connect();
  std::string all;
  for (int i = 0; i < 50; ++i) all += i % 2 == 0 ? get("/" + std::to_string(i)) : post("/p", "b");
  client->send(all);
  run_until([&] { return client->count("HTTP/1.1 200") == 50; });
  std::size_t at = 0;
  for (int i = 0; i < 50; i += 2) {
    at = client->received().find("\"/" + std::to_string(i) + "\"", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(ConnectionTest, PipelinedRequestsAreHandledOneAtATime) {
  hold();
  open();
  auto client = connect();
  client->send(get("/1") + get("/2") + get("/3"));
  for (const char* body : {"\"first\"", "\"second\"", "\"third\""}) {
    run_until([&] { return !held_.empty(); });
    settle();
    EXPECT_EQ(held_.size(), 1u);
    answer_first(body);
    EXPECT_TRUE(held_.empty()) << "the next one is not handed over inside respond()";
  }
  run_until([&] { return client->count("third") == 1; });
  EXPECT_LT(client->received().find("first"), client->received().find("second"));
  EXPECT_LT(client->received().find("second"), client->received().find("third"));
}

TEST_F(ConnectionTest, ThousandsOfPipelinedRequestsLeaveOthersTheirTurn) {
  open();
  auto greedy = connect();
  auto modest = connect();
  std::string all;
  for (int i = 0; i < 5000; ++i) all += get("/greedy");
  greedy->send(all);
  modest->send(get("/modest"));
  run_until([&] { return modest->count("\"/modest\"") == 1; });
  EXPECT_LT(handled_, 2500);
  run_until([&] { return greedy->count("HTTP/1.1 200") == 5000; });
}

TEST_F(ConnectionTest, ALastRequestInAPipelineEndsIt) {
  open();
  auto client = connect();
  client->send(get("/1") + get("/2", "Connection: close\r\n") + get("/3"));
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_EQ(client->count("HTTP/1.1 200"), 2u);
  EXPECT_EQ(handled_, 2);
}

TEST_F(ConnectionTest, HeadIsAnsweredWithoutBodyButWithItsLength) {
  open();
  auto client = connect();
  client->send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  run_until([&] { return client->count("\"/next\"") == 1; });
  EXPECT_EQ(client->count("\"/abc\""), 0u);
  EXPECT_EQ(client->count("Content-Length: 6\r\n"), 1u);
}

TEST_F(ConnectionTest, AByteAtATimeIsARequestToo) {
  open();
  auto client = connect();
  for (char c : post("/slow", "body")) {
    client->send({&c, 1});
    loop_.run_once(false);
  }
  run_until([&] { return client->count("\"/slow\"") == 1; });
}

TEST_F(ConnectionTest, BigBodiesComeInManyPieces) {
  hold();
  open();
  auto client = connect();
  std::string body;
  for (int i = 0; body.size() < 12'000'000; ++i) body += std::to_string(i) + ",";
  client->send(post("/big", body));
  run_until([&] { return !held_.empty(); });
  EXPECT_TRUE(held_[0].request.body == body);
  held_.clear();
  std::string chunked = "POST /chunks HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t at = 0; at < body.size(); at += 65'536) {
    std::string piece = body.substr(at, 65'536);
    char size[16];
    std::snprintf(size, sizeof(size), "%zx\r\n", piece.size());
    chunked += size + piece + "\r\n";
  }
  client->send(chunked + "0\r\n\r\n");
  run_until([&] { return !held_.empty(); });
  EXPECT_TRUE(held_[0].request.body == body);
}

TEST_F(ConnectionTest, ASlowReaderGetsEverythingAndIsNotReadFromMeanwhile) {
  std::string big(32 * 1024 * 1024, 'x');
  on_request_ = [&](Request, Responder responder) { responder.respond(Response::json(200, big)); };
  open();
  auto client = connect();
  client->pause();
  client->send(get("/1") + get("/2"));
  run_until([&] { return handled_ == 1; });
  settle();
  EXPECT_EQ(handled_, 1) << "the second has to wait for the first reply to leave";
  client->resume();
  run_until([&] { return client->received().size() > 2 * big.size() && handled_ == 2; });
  EXPECT_EQ(client->count("HTTP/1.1 200"), 2u);
}

TEST_F(ConnectionTest, AClientThatSendsFarAheadIsHeldBack) {
  hold();
  open();
  auto client = connect();
  client->send(get("/1"));
  run_until([&] { return !held_.empty(); });
  std::string ahead;
  while (ahead.size() < 64 * 1024 * 1024) ahead += post("/x", std::string(100'000, 'b'));
  client->send(ahead);
  settle();
  settle();
  EXPECT_FALSE(client->sent_all());
  client->reset();
}

TEST_F(ConnectionTest, ContinueIsSentToAClientThatWaitsForIt) {
  open();
  auto client = connect();
  client->send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  run_until([&] { return !client->received().empty(); });
  EXPECT_EQ(client->received(), "HTTP/1.1 100 Continue\r\n\r\n");
  client->send("body");
  run_until([&] { return client->count("\"/e\"") == 1; });
}

TEST_F(ConnectionTest, ContinueIsNotSentToAClientThatDidNotWait) {
  open();
  auto client = connect();
  client->send(post("/e", "body", "Expect: 100-continue\r\n"));
  run_until([&] { return client->count("\"/e\"") == 1; });
  EXPECT_EQ(client->count("100 Continue"), 0u);
}

}  // namespace
}  // namespace playground::http
