#include "upstream/health_checker.h"

#include <gmock/gmock.h>

#include "proxy_test.h"

namespace playground::upstream {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;

class HealthCheckerTest : public ProxyTest {
 protected:
  void check() { checker_ = std::make_unique<HealthChecker>(loop_, proxy_->balancer()); }
  void run_until(const std::function<bool()>& done) {
    while (!done()) loop_.run_once();
  }
  void stop() {
    checker_.reset();
    proxy_.reset();
  }

  std::unique_ptr<HealthChecker> checker_;
};

TEST_F(HealthCheckerTest, AsksForReadyz) {
  NamedBackend one(loop_, "one");
  start({one.backend()});
  check();
  EXPECT_FALSE(proxy_->balancer().checked());
  run_until([&] { return proxy_->balancer().checked(); });
  EXPECT_EQ(one.last.method, "GET");
  EXPECT_EQ(one.last.path, "/readyz");
  EXPECT_EQ(one.last.headers.get("Host"), one.backend().endpoint.text());
  EXPECT_EQ(state(0).state, "up");
  EXPECT_THAT(observer_.states, ElementsAre("one up"));
  stop();
}

TEST_F(HealthCheckerTest, ChecksAreNotRequests) {
  NamedBackend one(loop_, "one");
  start({one.backend()});
  check();
  run_until([&] { return state(0).checks_passed == 2; });
  EXPECT_EQ(state(0).requests, 0u);
  EXPECT_EQ(state(0).idle, 0u);
  stop();
}

TEST_F(HealthCheckerTest, OneThatIsNotReadyIsLeftOut) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  one.reply = http::Response::json(503, "{}");
  start({one.backend(), two.backend()});
  check();
  run_until([&] { return proxy_->balancer().checked(); });
  EXPECT_EQ(state(0).state, "down");
  EXPECT_EQ(state(0).why, "/readyz answers with 503");
  EXPECT_EQ(order(3), "two two two ");
  one.reply = http::Response::json(200, "{}");
  run_until([&] { return state(0).state == "up"; });
  EXPECT_EQ(state(0).checks_passed, 2u);
  EXPECT_EQ(order(2), "one two ");
  stop();
}

TEST_F(HealthCheckerTest, NobodyThereIsDown) {
  start({nobody("one")});
  check();
  run_until([&] { return proxy_->balancer().checked(); });
  EXPECT_EQ(state(0).state, "down");
  EXPECT_THAT(state(0).why, EndsWith(": connection refused"));
  stop();
}

TEST_F(HealthCheckerTest, GarbageIsDown) {
  RawBackend garbage(loop_, [](uv::Tcp& tcp) { tcp.write("what?\r\n\r\n"); });
  start({garbage.backend()});
  check();
  run_until([&] { return proxy_->balancer().checked(); });
  EXPECT_EQ(state(0).state, "down");
  stop();
}

TEST_F(HealthCheckerTest, SilenceIsDown) {
  RawBackend silent(loop_, [](uv::Tcp&) {});
  start({silent.backend()});
  check();
  run_until([&] { return proxy_->balancer().checked(); });
  EXPECT_EQ(state(0).state, "down");
  stop();
}

TEST_F(HealthCheckerTest, EndsInTheMiddleOfACheck) {
  RawBackend silent(loop_, [](uv::Tcp&) {});
  start({silent.backend()});
  check();
  stop();
}

}  // namespace
}  // namespace playground::upstream
