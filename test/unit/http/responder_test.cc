// The right to answer, and what becomes of it when the client or the server goes first.
#include "http/responder.h"

#include <gmock/gmock.h>

#include "server_test.h"

namespace playground::http {
namespace {

using testing::StartsWith;

class ResponderTest : public ServerTest {};

TEST_F(ResponderTest, ALeavingClientIsNoticedWhileItsRequestIsHandled) {
  hold();
  open();
  for (bool in_order : {true, false}) {
    auto client = connect();
    client->send(get("/"));
    run_until([&] { return !held_.empty(); });
    int gone = 0;
    held_[0].responder.on_gone([&] { ++gone; });
    if (in_order) {
      client->shutdown();
    } else {
      client->reset();
    }
    run_until([&] { return gone > 0; });
    EXPECT_EQ(server_->connections(), 0u);
    EXPECT_FALSE(held_[0].responder.answered());
    answer_first("\"too late\"");
    settle();
    EXPECT_EQ(gone, 1);
    EXPECT_EQ(client->received(), "");
  }
}

TEST_F(ResponderTest, OnGoneMayDropTheResponder) {
  hold();
  open();
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return !held_.empty(); });
  held_[0].responder.on_gone([&] { held_.clear(); });
  client->shutdown();
  run_until([&] { return held_.empty(); });
}

TEST_F(ResponderTest, OnGoneDoesNotComeAfterTheAnswer) {
  hold();
  open();
  int gone = 0;
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return !held_.empty(); });
  held_[0].responder.on_gone([&] { ++gone; });
  answer_first("1");
  client->shutdown();
  run_until([&] { return client->ended(); });
  EXPECT_EQ(gone, 0);
}

TEST_F(ResponderTest, AClientThatEndsItsSideGetsTheReplyThatIsOnItsWay) {
  std::string big(32 * 1024 * 1024, 'x');
  on_request_ = [&](Request, Responder responder) { responder.respond(Response::json(200, big)); };
  open();
  auto client = connect();
  client->pause();
  client->send(get("/"));
  run_until([&] { return handled_ == 1; });
  client->shutdown();
  settle();
  client->resume();
  run_until([&] { return client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_GT(client->received().size(), big.size());
}

TEST_F(ResponderTest, ADroppedResponderAnswers500) {
  on_request_ = [](Request, Responder) {};
  open();
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return client->count("\"internal\"") == 1; });
  EXPECT_THAT(client->received(), StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
}

TEST_F(ResponderTest, AReplacedResponderAnswers500ForWhatItOwed) {
  hold();
  open();
  auto first = connect();
  auto second = connect();
  first->send(get("/1"));
  run_until([&] { return held_.size() == 1; });
  second->send(get("/2"));
  run_until([&] { return held_.size() == 2; });
  held_[0].responder = std::move(held_[1].responder);
  run_until([&] { return first->count("500") > 0; });
  held_[0].responder.respond(Response::json(200, "2"));
  run_until([&] { return second->count("200 OK") == 1; });
}

TEST_F(ResponderTest, AnswersThatComeAfterTheServerHasGoneAreDropped) {
  hold();
  open();
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return !held_.empty(); });
  server_.reset();
  run_until([&] { return client->ended(); });
  answer_first("1");
  EXPECT_EQ(client->received(), "");
}

}  // namespace
}  // namespace playground::http
