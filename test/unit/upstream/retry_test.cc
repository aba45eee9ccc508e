// What the proxy does when a backend fails: who is asked instead, and how often.
#include <gmock/gmock.h>

#include "proxy_test.h"

namespace playground::upstream {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Hangs up at each request, without a byte.
class Hanging {
 public:
  Hanging(uv::Loop& loop, const std::string& name)
      : name_(name), raw_(loop, [this](uv::Tcp&) {
          ++requests;
          raw_.hang_up();
        }) {}
  Backend backend() const {
    Backend backend = raw_.backend();
    backend.name = name_;
    return backend;
  }
  int requests = 0;

 private:
  std::string name_;
  RawBackend raw_;
};

class RetryTest : public ProxyTest {};

TEST_F(RetryTest, ARefusedConnectionIsNotSeenByTheUser) {
  NamedBackend two(loop_, "two");
  start({nobody("one"), two.backend()});
  auto reply = ask();
  ASSERT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "two");
  EXPECT_EQ(reply.retries, 1);
  EXPECT_THAT(observer_.retries, ElementsAre("one two connect"));
  EXPECT_THAT(observer_.states, ElementsAre("one ejected"));
  EXPECT_EQ(state(0).state, "ejected");
  EXPECT_EQ(state(0).sent_elsewhere, 1u);
  EXPECT_EQ(proxy_->snapshot().retry_budget_used, 0u);
  // From now on it is left alone.
  EXPECT_EQ(order(3), "two two two ");
  EXPECT_EQ(state(0).requests, 1u);
  proxy_.reset();
}

TEST_F(RetryTest, AReplyWithoutRetrySaysSo) {
  NamedBackend one(loop_, "one");
  start({one.backend()});
  EXPECT_EQ(ask().retries, 0);
  proxy_.reset();
}

TEST_F(RetryTest, AConnectionThatBreaksBeforeTheReplyIsTriedOnceElsewhere) {
  Hanging one(loop_, "one");
  NamedBackend two(loop_, "two");
  start({one.backend(), two.backend()});
  auto reply = ask();
  EXPECT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "two");
  EXPECT_EQ(reply.retries, 1);
  EXPECT_THAT(observer_.retries, ElementsAre("one two broken"));
  EXPECT_EQ(proxy_->snapshot().retry_budget_used, 1u);
  EXPECT_EQ(state(0).state, "ejected");
  proxy_.reset();
}

TEST_F(RetryTest, AProgramThatKillsBackendsVisitsTwoOfThem) {
  Hanging one(loop_, "one");
  Hanging two(loop_, "two");
  Hanging three(loop_, "three");
  start({one.backend(), two.backend(), three.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::broken);
  EXPECT_EQ(reply.backend, "two");
  EXPECT_EQ(one.requests + two.requests + three.requests, 2);
  proxy_.reset();
}

TEST_F(RetryTest, DeadAndFullBackendsHideNoneThatIsWell) {
  NamedBackend two(loop_, "two");
  NamedBackend four(loop_, "four");
  two.reply = full();
  start({nobody("one"), two.backend(), nobody("three"), four.backend()});
  auto reply = ask();
  ASSERT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "four");
  EXPECT_EQ(reply.retries, 3);
  EXPECT_THAT(observer_.retries,
              ElementsAre("one two connect", "two three full", "three four connect"));
  EXPECT_EQ(proxy_->snapshot().retry_budget_used, 0u);
  EXPECT_EQ(two.last.body, four.last.body);
  proxy_.reset();
}

TEST_F(RetryTest, AFailedHandshakeIsNotSeenByTheUser) {
  RawBackend plain(loop_, [](uv::Tcp& tcp) { tcp.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  NamedBackend two(loop_, "two");
  auto context = tls::Context::client("");
  ASSERT_TRUE(context.has_value());
  Backend one = plain.backend();
  one.tls = std::make_shared<tls::Client>(**context, "one.example");
  options_.connection.connect_timeout = milliseconds{20'000};
  start({one, two.backend()});
  auto reply = ask();
  ASSERT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "two");
  EXPECT_EQ(count(0, Outcome::connect), 1u);
  EXPECT_THAT(state(0).why, HasSubstr("not TLS"));
  EXPECT_EQ(proxy_->snapshot().retry_budget_used, 0u);
  proxy_.reset();
}

TEST_F(RetryTest, EachBackendIsAskedOnceAtMost) {
  Backend one = nobody("one");
  Backend two = nobody("two");
  Backend three = nobody("three");
  start({one, two, three});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::connect);
  EXPECT_EQ(reply.retries, 2);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(state(i).requests, 1u);
  proxy_.reset();
}

// Nothing ran there, so it does not count as one of the two visits.
TEST_F(RetryTest, ADeadBackendTakesNoVisitFromAProgram) {
  Hanging two(loop_, "two");
  Hanging four(loop_, "four");
  NamedBackend five(loop_, "five");
  start({nobody("one"), two.backend(), nobody("three"), four.backend(), five.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "four");
  EXPECT_EQ(two.requests + four.requests, 2);
  EXPECT_EQ(five.requests, 0);
  EXPECT_EQ(proxy_->snapshot().retry_budget_used, 1u);
  proxy_.reset();
}

// The kept connection of "one" is stale, which says nothing of it; "two", asked instead, is full.
TEST_F(RetryTest, AStaleConnectionIsNotTheLastWordOnItsBackend) {
  int requests = 0;
  RawBackend* raw = nullptr;
  RawBackend one(loop_, [&](uv::Tcp& tcp) {
    if (++requests == 2) return raw->hang_up();
    tcp.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  });
  raw = &one;
  NamedBackend two(loop_, "two");
  two.reply = full();
  start({one.backend(), two.backend()});
  EXPECT_EQ(ask().backend, "raw");
  proxy_->balancer().find("two")->set_drained(true);
  KeepingReceiver receiver;
  auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, receiver);
  proxy_->balancer().find("two")->set_drained(false);
  while (!receiver.reply) loop_.run_once();
  EXPECT_TRUE(receiver.reply->start.has_value());
  EXPECT_EQ(receiver.reply->backend, "raw");
  EXPECT_EQ(receiver.reply->retries, 2);
  EXPECT_EQ(two.requests, 1);
  EXPECT_EQ(requests, 3);
  ticket = {};
  proxy_.reset();
}

TEST_F(RetryTest, TheBudgetEndsRetries) {
  Hanging one(loop_, "one");
  NamedBackend two(loop_, "two");
  int failed = 0;
  start({one.backend(), two.backend()});
  // In panic it gets its turns though it is ejected.
  for (int i = 0; i < 100 && failed == 0; ++i) {
    proxy_->balancer().find("two")->set_drained(true);
    KeepingReceiver receiver;
    auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, receiver);
    proxy_->balancer().find("two")->set_drained(false);
    while (!receiver.reply) loop_.run_once();
    failed += receiver.reply->start.has_value() ? 0 : 1;
  }
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(two.requests, 32);
  EXPECT_EQ(proxy_->snapshot().retries, 32u);
  EXPECT_EQ(proxy_->snapshot().retries_refused, 1u);
  proxy_.reset();
}

TEST_F(RetryTest, NeverAfterATimeout) {
  options_.connection.answer_timeout = milliseconds{50};
  RawBackend silent(loop_, [](uv::Tcp&) {});
  NamedBackend two(loop_, "two");
  start({silent.backend(), two.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::timeout);
  EXPECT_EQ(two.requests, 0);
  EXPECT_EQ(state(0).failures, 1u);
  proxy_.reset();
}

TEST_F(RetryTest, AReplyThatIsCutWhileItIsHeldIsAskedElsewhere) {
  RawBackend* raw = nullptr;
  RawBackend breaking(loop_, [&raw](uv::Tcp& tcp) {
    tcp.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    raw->hang_up();
  });
  raw = &breaking;
  NamedBackend two(loop_, "two");
  start({breaking.backend(), two.backend()});
  auto reply = ask();
  EXPECT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "two");
  EXPECT_EQ(two.requests, 1);
  EXPECT_EQ(count(0, Outcome::cut), 1u);
  EXPECT_EQ(state(0).state, "ejected");
  proxy_.reset();
}

TEST_F(RetryTest, AReplyThatArrivesTooSlowlyIsAskedElsewhere) {
  options_.connection.arrival_timeout = milliseconds{50};
  for (const char* part :
       {"H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}) {
    RawBackend slow(loop_, [&](uv::Tcp& tcp) { tcp.write(part); });
    NamedBackend two(loop_, "two");
    start({slow.backend(), two.backend()});
    EXPECT_EQ(ask().backend, "two") << part;
    EXPECT_EQ(count(0, Outcome::cut), 1u) << part;
    EXPECT_EQ(state(0).state, "ejected") << part;
    proxy_.reset();
  }
}

TEST_F(RetryTest, AnInterimReplyIsNotTheBeginningOfOne) {
  options_.connection.arrival_timeout = milliseconds{1};
  options_.connection.answer_timeout = milliseconds{50};
  RawBackend thinking(loop_, [](uv::Tcp& tcp) { tcp.write("HTTP/1.1 102 Processing\r\n\r\n"); });
  NamedBackend two(loop_, "two");
  start({thinking.backend(), two.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::timeout);
  EXPECT_EQ(two.requests, 0);
  proxy_.reset();
}

TEST_F(RetryTest, AStreamThatHasBegunIsNotSentAgain) {
  RawBackend* raw = nullptr;
  RawBackend streaming(loop_, [&raw](uv::Tcp& tcp) {
    tcp.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
  });
  raw = &streaming;
  NamedBackend two(loop_, "two");
  start({streaming.backend(), two.backend()});
  KeepingReceiver receiver;
  auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, receiver);
  while (!receiver.reply) loop_.run_once();
  EXPECT_EQ(state(0).active, 1u);
  streaming.hang_up();
  while (!receiver.broken) loop_.run_once();
  EXPECT_EQ(two.requests, 0);
  EXPECT_EQ(count(0, Outcome::cut), 1u);
  EXPECT_EQ(state(0).active, 0u);
  ticket = {};
  proxy_.reset();
}

TEST_F(RetryTest, ADroppedTicketIsNobodysFailure) {
  RawBackend silent(loop_, [](uv::Tcp&) {});
  start({silent.backend()});
  KeepingReceiver receiver;
  { auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, receiver); }
  EXPECT_EQ(count(0, Outcome::cancelled), 1u);
  EXPECT_EQ(state(0).failures, 0u);
  EXPECT_EQ(state(0).state, "unchecked");
  proxy_.reset();
}

}  // namespace
}  // namespace playground::upstream
