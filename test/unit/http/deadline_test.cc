// Deadlines of a connection, and the cap on connections. Time passes by itself: a test waits for
// what the passing brings about, never for a while.
#include <gmock/gmock.h>

#include "server_test.h"

namespace playground::http {
namespace {

// For a deadline that must not pass before the request that has been sent already is read.
constexpr milliseconds kLongEnoughToBeRead{200};

// For a transfer of which something moves once a moment.
constexpr milliseconds kLongEnough{2000};
constexpr milliseconds kMoment{10};

// More than the kernel holds between a server and its client.
constexpr std::size_t kLarge = 64 * 1024 * 1024;

class DeadlineTest : public ServerTest {
 protected:
  // Where the idle time-out is kMoment: a silent connection ends by it.
  void wait_a_moment() {
    auto silent = connect();
    run_until([&] { return silent->ended(); });
  }

  void answer_with(std::size_t bytes) {
    on_request_ = [bytes](Request, Responder responder) {
      responder.respond(Response::json(200, std::string(bytes, 'x')));
    };
  }

  // What one turn of the loop gives, then nothing for a moment.
  void take_a_little(Client& client) {
    client.pause();
    wait_a_moment();
    client.resume();
    loop_.run_once(false);
  }
};

TEST_F(DeadlineTest, AConnectionThatNeverSpeaksIsClosedInSilence) {
  limits_.idle_timeout = milliseconds(5);
  open();
  auto client = connect();
  run_until([&] { return client->ended(); });
  EXPECT_EQ(client->received(), "");
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(DeadlineTest, AConnectionBetweenRequestsIsClosedInSilence) {
  limits_.idle_timeout = kLongEnoughToBeRead;
  open();
  auto client = connect();
  client->send(get("/"));
  run_until([&] { return client->ended(); });
  EXPECT_EQ(client->count("HTTP/1.1"), 1u);
}

TEST_F(DeadlineTest, AnEmptyLineIsNoBeginningOfAHead) {
  limits_.idle_timeout = milliseconds(5);
  limits_.head_timeout = milliseconds(5);
  open();
  auto client = connect();
  client->send("\r\n");
  run_until([&] { return client->ended(); });
  EXPECT_EQ(client->received(), "");
}

TEST_F(DeadlineTest, NoDeadlineCutsOffARequestThatIsBeingHandled) {
  limits_.idle_timeout = limits_.head_timeout = limits_.body_timeout = limits_.write_timeout =
      kLongEnoughToBeRead;
  hold();
  open();
  auto client = connect();
  client->send(post("/", "body"));
  run_until([&] { return !held_.empty(); });
  // Whoever connects now and says nothing is closed after a time that the first one outlives.
  auto later = connect();
  run_until([&] { return later->ended(); });
  EXPECT_FALSE(client->ended());
  answer_first("1");
  run_until([&] { return client->count("200 OK") == 1; });
}

TEST_F(DeadlineTest, AClientThatReadsNothingIsClosed) {
  limits_.write_timeout = milliseconds(20);
  on_request_ = [](Request, Responder responder) {
    responder.respond(Response::json(200, std::string(32 * 1024 * 1024, 'x')));
  };
  open();
  auto client = connect();
  client->pause();
  client->send(get("/"));
  run_until([&] { return handled_ == 1; });
  run_until([&] { return server_->connections() == 0; });
}

TEST_F(DeadlineTest, ABodyThatKeepsTheRateMayTakeLonger) {
  limits_.body_timeout = kLongEnough;
  limits_.min_rate = 1;
  limits_.idle_timeout = kMoment;
  open();
  auto client = connect();
  std::string request = post("/kept", std::string(100, 'x'));
  client->send(request.substr(0, request.size() - 80));
  for (std::size_t left = 80; left > 10; --left) {
    wait_a_moment();
    client->send("x");
  }
  EXPECT_FALSE(client->ended());
  client->send(std::string(10, 'x'));
  run_until([&] { return client->ended() || client->count("\"/kept\"") == 1; });
  EXPECT_EQ(client->count("\"/kept\""), 1u);
}

TEST_F(DeadlineTest, ABodyThatStopsIsCutOffHoweverFastItCame) {
  limits_.body_timeout = milliseconds(5);
  limits_.min_rate = 1;
  open();
  auto client = connect();
  client->send(post("/", std::string(1'000'000, 'x')).substr(0, 900'000));
  run_until([&] { return client->ended(); });
  EXPECT_EQ(client->count("HTTP/1.1 408 "), 1u);
}

TEST_F(DeadlineTest, ABodyBelowTheRateIsCutOffThoughItMoves) {
  limits_.body_timeout = milliseconds(5);
  limits_.min_rate = 1'000'000'000;
  open();
  auto client = connect();
  client->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
  run_until([&] {
    client->send("x");
    return client->ended();
  });
  EXPECT_EQ(client->count("HTTP/1.1 408 "), 1u);
}

// What frames the chunks moves nothing on.
TEST_F(DeadlineTest, AChunkSizeWithoutEndIsNoBody) {
  limits_.body_timeout = milliseconds(5);
  limits_.min_rate = 1;
  open();
  auto client = connect();
  client->send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  run_until([&] {
    client->send("0");
    return client->ended();
  });
  EXPECT_EQ(client->count("HTTP/1.1 408 "), 1u);
}

TEST_F(DeadlineTest, AReplyThatIsTakenAtTheRateMayTakeLonger) {
  limits_.write_timeout = kLongEnough;
  limits_.min_rate = 1;
  limits_.idle_timeout = kMoment;
  answer_with(kLarge);
  open();
  auto client = connect();
  client->send(get("/"));
  auto begun = Clock::now();
  while (Clock::now() - begun < 2 * kLongEnough) take_a_little(*client);
  EXPECT_FALSE(client->ended());
  run_until([&] { return client->ended() || client->received().size() > kLarge; });
  EXPECT_GT(client->received().size(), kLarge);
}

TEST_F(DeadlineTest, AReplyThatIsTakenTooSlowlyIsCutOffThoughItMoves) {
  limits_.write_timeout = milliseconds(50);
  limits_.min_rate = 1'000'000'000;
  limits_.idle_timeout = kMoment;
  answer_with(kLarge);
  open();
  auto client = connect();
  client->send(get("/"));
  while (!client->ended()) take_a_little(*client);
  EXPECT_LT(client->received().size(), kLarge);
}

TEST_F(DeadlineTest, TheCapLeavesConnectionsInTheBacklogUntilOneGoes) {
  limits_.max_connections = 2;
  hold();
  open();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(connect());
    clients.back()->send(get("/" + std::to_string(i), "Connection: close\r\n"));
  }
  run_until([&] { return held_.size() == 2; });
  settle();
  EXPECT_EQ(server_->connections(), 2u);
  EXPECT_EQ(held_.size(), 2u);
  answer_first("1");
  run_until([&] { return held_.size() == 2; });
  answer_first("2");
  run_until([&] { return held_.size() == 2; });
  answer_first("3");
  answer_first("4");
  run_until([&] { return server_->connections() == 0; });
  for (auto& client : clients) {
    run_until([&] { return client->ended(); });
    EXPECT_EQ(client->count("200 OK"), 1u);
  }
}

}  // namespace
}  // namespace playground::http
