// Whom the proxy leaves out: backends that are ejected, switched off, or have as many requests as
// they may.
#include "proxy_test.h"

namespace playground::upstream {
namespace {

class LeftOutTest : public ProxyTest {};

TEST_F(LeftOutTest, WithAllEjectedAllAreTried) {
  Backend one = nobody("one");
  Backend two = nobody("two");
  start({one, two});
  for (int i = 0; i < 3; ++i) {
    auto reply = ask();
    ASSERT_FALSE(reply.start.has_value());
    EXPECT_EQ(reply.retries, 1);
  }
  EXPECT_EQ(state(0).requests, 3u);
  EXPECT_EQ(state(1).requests, 3u);
  EXPECT_GT(proxy_->snapshot().panics, 0u);
  proxy_.reset();
}

TEST_F(LeftOutTest, ADrainedBackendGetsNothing) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  start({one.backend(), two.backend()});
  proxy_->balancer().find("one")->set_drained(true);
  EXPECT_EQ(order(3), "two two two ");
  EXPECT_EQ(state(0).state, "drained");
  proxy_->balancer().find("one")->set_drained(false);
  EXPECT_EQ(order(4), "one two one two ");
  proxy_.reset();
}

TEST_F(LeftOutTest, PanicLeavesTheDrainedAlone) {
  NamedBackend one(loop_, "one");
  start({one.backend(), nobody("two")});
  proxy_->balancer().find("one")->set_drained(true);
  EXPECT_FALSE(ask().start.has_value());
  EXPECT_FALSE(ask().start.has_value());
  EXPECT_EQ(one.requests, 0);
  proxy_.reset();
}

TEST_F(LeftOutTest, WithAllDrainedNobodyIsAsked) {
  NamedBackend one(loop_, "one");
  start({one.backend()});
  proxy_->balancer().find("one")->set_drained(true);
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::busy);
  EXPECT_EQ(reply.start.error().detail, "every backend is drained");
  EXPECT_EQ(reply.backend, "");
  EXPECT_EQ(one.requests, 0);
  proxy_.reset();
}

TEST_F(LeftOutTest, ConcurrencyIsLimitedPerBackend) {
  options_.concurrency = 1;
  RawBackend silent(loop_, [](uv::Tcp&) {});
  NamedBackend two(loop_, "two");
  start({silent.backend(), two.backend()});
  KeepingReceiver waiting;
  auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, waiting);
  EXPECT_EQ(order(3), "two two two ");  // who has room takes the others' turns
  proxy_->balancer().find("two")->set_drained(true);
  EXPECT_EQ(ask().start.error().kind, Failure::Kind::busy);
  EXPECT_EQ(proxy_->snapshot().busy, 1u);
  EXPECT_EQ(state(0).requests, 1u);
  ticket = {};
  KeepingReceiver another;
  auto again = proxy_->send({.path = "/py/eval", .body = "{}"}, another);
  EXPECT_EQ(state(0).requests, 2u);
  again = {};
  proxy_.reset();
}

}  // namespace
}  // namespace playground::upstream
