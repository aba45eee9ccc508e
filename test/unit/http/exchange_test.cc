// What a server tells of each request in the end, and the id that each has.
#include "http/exchange.h"

#include <gmock/gmock.h>

#include "http/stream.h"
#include "server_test.h"

namespace playground::http {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class ExchangeTest : public ServerTest {
 protected:
  void on_exchange(const Exchange& exchange) override { ended_.push_back(exchange); }

  // The one that has ended; the test fails unless it is the only one.
  Exchange ended() {
    run_until([this] { return !ended_.empty(); });
    settle();
    EXPECT_EQ(ended_.size(), 1U);
    return ended_.front();
  }

  std::vector<Exchange> ended_;
};

std::string id_in(const std::string& reply) {
  std::size_t start = reply.find("X-Request-Id: ");
  if (start == std::string::npos) return "";
  start += 14;
  return reply.substr(start, reply.find("\r\n", start) - start);
}

TEST_F(ExchangeTest, AnAnsweredRequestIsToldWhole) {
  open();
  auto client = connect();
  client->send(get("/path?secret=1"));
  run_until([&] { return client->count("\"/path\"") == 1; });
  Exchange exchange = ended();
  EXPECT_EQ(exchange.method, "GET");
  EXPECT_EQ(exchange.path, "/path");
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.ending, Ending::complete);
  EXPECT_EQ(exchange.reply_bytes, client->received().size());
  EXPECT_THAT(exchange.peer, MatchesRegex("127\\.0\\.0\\.1:[0-9]+"));
  EXPECT_EQ(exchange.id, id_in(client->received()));
}

TEST_F(ExchangeTest, EachRequestOfAConnectionHasItsOwn) {
  open();
  auto client = connect();
  client->send(get("/a") + get("/b", "X-Request-Id: mine\r\n") + get("/c"));
  run_until([&] { return ended_.size() == 3; });
  EXPECT_EQ(ended_[0].path, "/a");
  EXPECT_EQ(ended_[1].path, "/b");
  EXPECT_EQ(ended_[1].id, "mine");
  EXPECT_NE(ended_[0].id, ended_[2].id);
}

TEST_F(ExchangeTest, AValidIdIsTakenFromTheClient) {
  open();
  hold();
  auto client = connect();
  client->send(get("/", "x-request-id: a.b-c/~!\r\n"));
  run_until([this] { return held_.size() == 1; });
  EXPECT_EQ(held_.front().request.id, "a.b-c/~!");
  answer_first("1");
  run_until([&] { return client->count("\r\n\r\n1") == 1; });
  EXPECT_EQ(id_in(client->received()), "a.b-c/~!");
}

TEST_F(ExchangeTest, AnotherOneIsMadeInPlaceOfWhatIsNone) {
  open();
  auto client = connect();
  for (const std::string& fields :
       {std::string("X-Request-Id: two words\r\n"), std::string("X-Request-Id: \xC3\xA4\r\n"),
        "X-Request-Id: " + std::string(129, 'a') + "\r\n", std::string("X-Request-Id:\r\n"),
        std::string("X-Request-Id: a\r\nX-Request-Id: a\r\n")}) {
    ended_.clear();
    client->send(get("/", fields));
    EXPECT_THAT(ended().id, MatchesRegex("[0-9a-f]{32}")) << fields;
  }
}

TEST_F(ExchangeTest, TheLongestIdIsOf128Characters) {
  EXPECT_TRUE(is_request_id(std::string(128, 'a')));
  EXPECT_FALSE(is_request_id(std::string(129, 'a')));
}

TEST_F(ExchangeTest, TheHandlersFieldsGoIntoTheReplyThatHasNone) {
  open();
  on_request_ = [](Request, Responder responder) {
    responder.exchange()->reply_fields.add("X-Left", "3");
    responder.exchange()->reply_fields.add("Retry-After", "1");
    Response response = Response::json(200, "{}");
    response.headers.add("retry-after", "9");
    responder.respond(std::move(response));
  };
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return client->count("{}") == 1; });
  EXPECT_THAT(client->received(), HasSubstr("X-Left: 3\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("retry-after: 9\r\n"));
  EXPECT_EQ(client->count("Retry-After"), 0U);
}

TEST_F(ExchangeTest, ARefusedRequestIsTold) {
  open();
  auto client = connect();
  client->send("GET /x?y HTTP/1.1\r\n\r\n");
  Exchange exchange = ended();
  EXPECT_EQ(exchange.method, "GET");
  EXPECT_EQ(exchange.path, "/x");
  EXPECT_EQ(exchange.status, 400);
  EXPECT_EQ(exchange.ending, Ending::refused);
  run_until([&] { return client->ended(); });
  EXPECT_EQ(exchange.id, id_in(client->received()));
  EXPECT_EQ(handled_, 0);
}

TEST_F(ExchangeTest, WhatIsNoRequestAtAllIsToldToo) {
  open();
  auto client = connect();
  client->send("\x16\x03\x01 not HTTP\r\n\r\n");
  Exchange exchange = ended();
  EXPECT_EQ(exchange.method, "");
  EXPECT_EQ(exchange.path, "");
  EXPECT_EQ(exchange.status, 400);
  EXPECT_EQ(exchange.ending, Ending::refused);
}

TEST_F(ExchangeTest, ABodyThatIsTooLargeKeepsTheClientsId) {
  limits_.max_body_bytes = 10;
  open();
  auto client = connect();
  client->send(post("/big", std::string(11, 'x'), "X-Request-Id: mine\r\n"));
  Exchange exchange = ended();
  EXPECT_EQ(exchange.status, 413);
  EXPECT_EQ(exchange.path, "/big");
  EXPECT_EQ(exchange.id, "mine");
}

TEST_F(ExchangeTest, AHeadThatIsTooLargeIsTold) {
  limits_.max_head_bytes = 200;
  open();
  auto client = connect();
  client->send(get("/", "A: " + std::string(300, 'x') + "\r\n"));
  EXPECT_EQ(ended().status, 431);
}

TEST_F(ExchangeTest, ATimeoutIsTold) {
  limits_.head_timeout = milliseconds{20};
  open();
  auto client = connect();
  client->send("GET /slow HTTP/1.1\r\nHost:");
  Exchange exchange = ended();
  EXPECT_EQ(exchange.status, 408);
  EXPECT_EQ(exchange.path, "/slow");
  EXPECT_EQ(exchange.ending, Ending::timeout);
}

TEST_F(ExchangeTest, AClientThatGoesInTheMidstOfItsRequestIsTold) {
  open();
  auto client = connect();
  client->send(
      "POST /half HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\nContent-Length: 9\r\n\r\n12");
  settle();
  client->reset();
  Exchange exchange = ended();
  EXPECT_EQ(exchange.path, "/half");
  EXPECT_EQ(exchange.id, "mine");
  EXPECT_EQ(exchange.status, 0);
  EXPECT_EQ(exchange.ending, Ending::client_gone);
}

TEST_F(ExchangeTest, AClientThatGoesBeforeItsReplyIsTold) {
  open();
  hold();
  auto client = connect();
  client->send(get("/waits"));
  run_until([this] { return held_.size() == 1; });
  client->reset();
  Exchange exchange = ended();
  EXPECT_EQ(exchange.path, "/waits");
  EXPECT_EQ(exchange.status, 0);
  EXPECT_EQ(exchange.reply_bytes, 0U);
  EXPECT_EQ(exchange.ending, Ending::client_gone);
  EXPECT_EQ(held_.front().responder.exchange(), nullptr);
}

TEST_F(ExchangeTest, AStreamIsToldAtItsEnd) {
  open();
  hold();
  auto client = connect();
  client->send(get("/stream"));
  run_until([this] { return held_.size() == 1; });
  Stream stream = held_.front().responder.begin(Response::json(200, "1"));
  run_until([&] { return client->count("1\r\n1\r\n") == 1; });
  EXPECT_TRUE(ended_.empty());
  stream.end("2");
  Exchange exchange = ended();
  run_until([&] { return client->count("0\r\n\r\n") == 1; });
  EXPECT_EQ(exchange.ending, Ending::complete);
  EXPECT_EQ(exchange.reply_bytes, client->received().size());
  EXPECT_EQ(exchange.id, id_in(client->received()));
}

TEST_F(ExchangeTest, AStreamThatIsGivenUpIsTold) {
  open();
  hold();
  auto client = connect();
  client->send(get("/stream"));
  run_until([this] { return held_.size() == 1; });
  { Stream stream = held_.front().responder.begin(Response::json(200, "1")); }
  EXPECT_EQ(ended().ending, Ending::cut_off);
}

TEST_F(ExchangeTest, AConnectionThatEndsBetweenRequestsTellsNothing) {
  open();
  auto client = connect();
  client->send(get("/"));
  run_until([this] { return ended_.size() == 1; });
  client->shutdown();
  run_until([&] { return client->ended(); });
  settle();
  EXPECT_EQ(ended_.size(), 1U);
}

}  // namespace
}  // namespace playground::http
