// Draining: first every reply says that it is the last, then what is idle closes, then the server
// is empty.
#include <gmock/gmock.h>

#include "server_test.h"

namespace playground::http {
namespace {

using testing::HasSubstr;

class DrainTest : public ServerTest {
 protected:
  void close_when_idle() {
    server_->close_when_idle([this] { ++emptied_; });
  }

  int emptied_ = 0;
};

TEST_F(DrainTest, AnnouncedRepliesAreTheLastOfTheirConnections) {
  open();
  auto before = connect();
  before->send(get("/"));
  run_until([&] { return before->count("200 OK") == 1; });
  server_->announce_close();
  settle();
  EXPECT_FALSE(before->ended()) << "still there for the request that may be on its way";
  before->send(get("/"));
  auto after = connect();
  after->send(get("/"));
  run_until([&] { return before->ended() && after->ended(); });
  EXPECT_EQ(before->count("200 OK"), 2u);
  EXPECT_EQ(before->count("Connection: close"), 1u);
  EXPECT_THAT(after->received(), HasSubstr("Connection: close\r\n"));
}

TEST_F(DrainTest, IdleConnectionsCloseAtOnce) {
  open();
  auto fresh = connect();
  auto used = connect();
  used->send(get("/"));
  run_until([&] { return server_->connections() == 2 && used->count("200 OK") == 1; });
  close_when_idle();
  run_until([&] { return fresh->ended() && used->ended() && emptied_ == 1; });
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(DrainTest, ARequestThatNobodyHasReadYetIsAnswered) {
  open();
  auto used = connect();
  used->send(get("/"));
  run_until([&] { return used->count("200 OK") == 1; });
  auto waiting = connect();
  // Both are with the kernel when the server closes: one on a kept connection, one in the backlog.
  used->send(get("/"));
  waiting->send(get("/"));
  close_when_idle();
  run_until([&] { return used->ended() && waiting->ended() && emptied_ == 1; });
  EXPECT_EQ(used->count("200 OK"), 2u);
  EXPECT_EQ(waiting->count("200 OK"), 1u);
}

TEST_F(DrainTest, WhatIsBeingHandledIsAnsweredFirst) {
  hold();
  open();
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return !held_.empty(); });
  close_when_idle();
  settle();
  EXPECT_EQ(emptied_, 0);
  EXPECT_FALSE(client->ended());
  answer_first("\"done\"");
  run_until([&] { return emptied_ == 1 && client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_THAT(client->received(), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(client->received(), HasSubstr("\"done\""));
}

TEST_F(DrainTest, ARequestThatHasPartlyArrivedIsFinished) {
  open();
  auto client = connect();
  std::string request = post("/late", "body");
  client->send(request.substr(0, 20));
  run_until([&] { return server_->connections() == 1; });
  settle();
  close_when_idle();
  settle();
  EXPECT_FALSE(client->ended());
  client->send(request.substr(20));
  run_until([&] { return emptied_ == 1 && client->ended(); });
  EXPECT_EQ(client->count("\"/late\""), 1u);
}

TEST_F(DrainTest, AReplyOnItsWayArrivesWhole) {
  std::string big(32 * 1024 * 1024, 'x');
  on_request_ = [&](Request, Responder responder) { responder.respond(Response::json(200, big)); };
  open();
  auto client = connect();
  client->pause();
  client->send(get("/"));
  run_until([&] { return handled_ == 1; });
  close_when_idle();
  settle();
  EXPECT_EQ(emptied_, 0);
  client->resume();
  run_until([&] { return emptied_ == 1 && client->ended(); });
  EXPECT_FALSE(client->was_reset());
  EXPECT_GT(client->received().size(), big.size());
}

TEST_F(DrainTest, NoNewConnectionIsTaken) {
  open();
  auto client = connect();
  run_until([&] { return server_->connections() == 1; });
  close_when_idle();
  run_until([&] { return emptied_ == 1; });
  auto probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  UniqueFd fd(probe);
  sockaddr_in address{};
  uv_ip4_addr("127.0.0.1", address_.port, &address);
  EXPECT_EQ(::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), -1);
}

TEST_F(DrainTest, AnEmptyServerTellsSoToo) {
  open();
  close_when_idle();
  run_until([&] { return emptied_ == 1; });
}

TEST_F(DrainTest, OnEmptyMayDropTheServer) {
  open();
  auto client = connect();
  run_until([&] { return server_->connections() == 1; });
  server_->close_when_idle([this] { server_.reset(); });
  run_until([&] { return server_ == nullptr; });
}

}  // namespace
}  // namespace playground::http
