#include "upstream/snapshot_sum.h"

#include "proxy_test.h"

namespace playground::upstream {
namespace {

Upstream::Snapshot seen(std::string_view state, std::string why, std::uint64_t requests) {
  Upstream::Snapshot backend;
  backend.backend.name = "one";
  backend.state = state;
  backend.why = std::move(why);
  backend.in_rotation = state == "up";
  backend.requests = backend.recent = requests;
  backend.active = 1;
  backend.outcomes[0] = requests;
  backend.latency.observe(milliseconds{3});
  return backend;
}

Proxy::Snapshot loop_with(Upstream::Snapshot backend) {
  Proxy::Snapshot snapshot;
  snapshot.backends = {std::move(backend)};
  snapshot.retries = 2;
  snapshot.retry_budget = 8;
  snapshot.busy = 1;
  return snapshot;
}

TEST(SnapshotSum, AddsUpWhatIsCounted) {
  Proxy::Snapshot sum = sum_of(
      {loop_with(seen("up", "", 10)), loop_with(seen("up", "", 5)), loop_with(seen("up", "", 1))});
  ASSERT_EQ(sum.backends.size(), 1U);
  EXPECT_EQ(sum.backends[0].requests, 16U);
  EXPECT_EQ(sum.backends[0].recent, 16U);
  EXPECT_EQ(sum.backends[0].outcomes[0], 16U);
  EXPECT_EQ(sum.backends[0].active, 3U);
  EXPECT_EQ(sum.backends[0].latency.counts()[2], 3U);
  EXPECT_DOUBLE_EQ(sum.backends[0].latency.sum_ms(), 9);
  EXPECT_EQ(sum.retries, 6U);
  EXPECT_EQ(sum.retry_budget, 24U);
  EXPECT_EQ(sum.busy, 3U);
}

TEST(SnapshotSum, AStateIsTheWorstOfAnyLoopWithItsReason) {
  Proxy::Snapshot sum = sum_of({loop_with(seen("up", "", 1)), loop_with(seen("down", "refused", 1)),
                                loop_with(seen("ejected", "answered with 500", 1))});
  EXPECT_EQ(sum.backends[0].state, "down");
  EXPECT_EQ(sum.backends[0].why, "refused");
  EXPECT_TRUE(sum.backends[0].in_rotation);
  sum = sum_of({loop_with(seen("down", "a", 1)), loop_with(seen("down", "b", 1))});
  EXPECT_EQ(sum.backends[0].why, "a");
  EXPECT_FALSE(sum.backends[0].in_rotation);
}

// The proxies of two loops, here on one: what they have in common.
class SharedProxiesTest : public ProxyTest {
 protected:
  void share(const std::vector<Backend>& backends) {
    shared_ = std::make_unique<SharedState>(backends, 2);
    for (auto* proxy : {&proxy_, &other_}) {
      *proxy = std::make_unique<Proxy>(loop_, backends, options_, observer_, dns::ResolverOptions{},
                                       shared_.get());
    }
  }

  std::unique_ptr<SharedState> shared_;
  std::unique_ptr<Proxy> other_;
};

TEST_F(SharedProxiesTest, TakeTurnsTogether) {
  NamedBackend a(loop_, "a");
  NamedBackend b(loop_, "b");
  share({a.backend(), b.backend()});
  std::string names;
  for (int i = 0; i < 3; ++i) {
    names += ask().backend;
    proxy_.swap(other_);
    names += ask().backend;
  }
  EXPECT_EQ(names, "ababab");
}

TEST_F(SharedProxiesTest, KeepABackendsBoundTogether) {
  RawBackend silent(loop_, [](uv::Tcp&) {});
  options_.concurrency = 1;
  share({silent.backend()});
  KeepingReceiver first;
  auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, first);
  proxy_.swap(other_);
  Proxy::Reply refused = ask();
  ASSERT_FALSE(refused.start);
  EXPECT_EQ(refused.start.error().kind, Failure::Kind::busy);
  ticket = {};
  KeepingReceiver second;
  ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, second);
  EXPECT_EQ(proxy_->snapshot().backends[0].active, 1U);
}

TEST_F(SharedProxiesTest, ShareTheLeastRetryBudget) {
  NamedBackend a(loop_, "a");
  share({a.backend()});
  EXPECT_EQ(proxy_->snapshot().retry_budget, RetryBudget::kLeast / 2);
}

}  // namespace
}  // namespace playground::upstream
