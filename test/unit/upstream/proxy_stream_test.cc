// Replies that a backend sends piece by piece.
#include <string_view>

#include "proxy_test.h"
#include "uv/timer.h"

namespace playground::upstream {
namespace {

constexpr std::string_view kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

// Sends `first` to every request, and what the test wants when the test wants it.
class StreamingBackend final {
 public:
  StreamingBackend(uv::Loop& loop, std::string first)
      : raw_(loop, [this, first = std::move(first)](uv::Tcp& tcp) {
          tcp_ = &tcp;
          tcp.write(first);
        }) {}
  Backend backend() const { return raw_.backend(); }
  bool asked() const { return tcp_ != nullptr; }
  void send(std::string bytes) { tcp_->write(std::move(bytes)); }
  std::size_t unsent() const { return tcp_->unsent_bytes(); }
  void hang_up() { raw_.hang_up(); }

 private:
  RawBackend raw_;
  uv::Tcp* tcp_ = nullptr;
};

class ProxyStreamTest : public ProxyTest {
 protected:
  void TearDown() override {
    ticket_ = {};
    proxy_.reset();
  }

  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) loop_.run_once();
  }

  void send() { ticket_ = proxy_->send({.path = "/py/eval", .body = "{}"}, receiver_); }

  KeepingReceiver receiver_;
  Proxy::Ticket ticket_;
};

TEST_F(ProxyStreamTest, HandsOverAReplyAsItComes) {
  StreamingBackend backend(loop_, std::string(kStreamHead) + "3\r\none\r\n");
  start({backend.backend()});
  send();
  run_until([&] { return receiver_.reply.has_value(); });
  ASSERT_TRUE(receiver_.reply->start.has_value());
  EXPECT_FALSE(receiver_.reply->start->whole);
  EXPECT_EQ(receiver_.reply->start->length, std::nullopt);
  EXPECT_EQ(receiver_.reply->start->response.body, "one");
  backend.send("3\r\ntwo\r\n");
  run_until([&] { return receiver_.body == "two"; });
  EXPECT_EQ(state(0).active, 1u);
  backend.send("5\r\nthree\r\n0\r\n\r\n");
  run_until([&] { return receiver_.ended; });
  EXPECT_EQ(receiver_.body, "twothree");
  EXPECT_EQ(state(0).active, 0u);
  EXPECT_EQ(state(0).idle, 1u);
}

TEST_F(ProxyStreamTest, AShortReplyOfKnownLengthComesWhole) {
  StreamingBackend backend(loop_, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha");
  start({backend.backend()});
  send();
  run_until([&] { return backend.asked(); });
  for (int i = 0; i < 5; ++i) loop_.run_once(false);
  EXPECT_FALSE(receiver_.reply.has_value());
  backend.send("lf");
  run_until([&] { return receiver_.reply.has_value(); });
  EXPECT_TRUE(receiver_.reply->start->whole);
  EXPECT_EQ(receiver_.reply->start->response.body, "half");
}

TEST_F(ProxyStreamTest, AReplyThatBreaksOnceItHasBegunIsNotAskedForAgain) {
  StreamingBackend backend(loop_, std::string(kStreamHead) + "3\r\none\r\n");
  start({backend.backend()});
  send();
  run_until([&] { return receiver_.reply.has_value(); });
  backend.hang_up();
  run_until([&] { return receiver_.broken.has_value(); });
  EXPECT_EQ(receiver_.broken->kind, Failure::Kind::broken);
  EXPECT_FALSE(receiver_.ended);
  EXPECT_EQ(state(0).requests, 1u);
  EXPECT_EQ(state(0).failures, 1u);
  EXPECT_EQ(state(0).active, 0u);
}

TEST_F(ProxyStreamTest, SilenceWithinAReplyIsATimeout) {
  options_.connection.answer_timeout = milliseconds{50};
  StreamingBackend backend(loop_, std::string(kStreamHead));
  start({backend.backend()});
  send();
  run_until([&] { return receiver_.broken.has_value(); });
  EXPECT_EQ(receiver_.broken->kind, Failure::Kind::timeout);
}

TEST_F(ProxyStreamTest, APausedReplyMakesTheBackendWait) {
  constexpr std::size_t kBytes = 32 * 1024 * 1024;
  StreamingBackend backend(
      loop_, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kBytes) + "\r\n\r\n");
  start({backend.backend()});
  send();
  run_until([&] { return receiver_.reply.has_value(); });
  EXPECT_EQ(receiver_.reply->start->length, kBytes);
  ticket_.pause();
  backend.send(std::string(kBytes, 'x'));
  for (int i = 0; i < 20; ++i) loop_.run_once(false);
  EXPECT_TRUE(receiver_.body.empty());
  EXPECT_GT(backend.unsent(), 0u);
  ticket_.resume();
  run_until([&] { return receiver_.ended; });
  EXPECT_EQ(receiver_.body.size(), kBytes);
}

// The silence that a pause makes is the client's, not the backend's.
TEST_F(ProxyStreamTest, APausedReplyIsNotTimedOut) {
  options_.connection.answer_timeout = milliseconds{200};
  StreamingBackend backend(loop_, std::string(kStreamHead));
  start({backend.backend()});
  send();
  run_until([&] { return receiver_.reply.has_value(); });
  ticket_.pause();
  bool past_timeout = false;
  auto timer = uv::Timer::create(loop_, [&] { past_timeout = true; });
  timer->start(2 * options_.connection.answer_timeout);
  run_until([&] { return past_timeout; });
  EXPECT_FALSE(receiver_.broken.has_value());
  ticket_.resume();
  run_until([&] { return receiver_.broken.has_value(); });
  EXPECT_EQ(receiver_.broken->kind, Failure::Kind::timeout);
}

TEST_F(ProxyStreamTest, ADroppedTicketClosesTheConnectionOfAReplyThatHasBegun) {
  StreamingBackend backend(loop_, std::string(kStreamHead) + "3\r\none\r\n");
  start({backend.backend()});
  send();
  run_until([&] { return receiver_.reply.has_value(); });
  ticket_ = {};
  EXPECT_EQ(state(0).active, 0u);
  EXPECT_EQ(state(0).idle, 0u);
  ticket_.pause();  // of nothing
}

}  // namespace
}  // namespace playground::upstream
