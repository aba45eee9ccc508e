// What the proxy does with replies that are errors: which make it ask another backend, and which
// say that the one that sent them is ill.
#include <gmock/gmock.h>

#include "proxy_test.h"

namespace playground::upstream {
namespace {

using ::testing::IsEmpty;

class ErrorReplyTest : public ProxyTest {};

TEST_F(ErrorReplyTest, AFullBackendIsNotIll) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  one.reply = full();
  start({one.backend(), two.backend()});
  EXPECT_EQ(order(4), "two two two two ");
  EXPECT_EQ(count(0, Outcome::full), 4u);  // asked each time: it may have room again
  EXPECT_EQ(state(0).failures, 0u);
  EXPECT_EQ(state(0).ejections, 0u);
  EXPECT_EQ(proxy_->snapshot().retry_budget_used, 0u);
  EXPECT_THAT(observer_.states, IsEmpty());
  proxy_.reset();
}

TEST_F(ErrorReplyTest, WhenAllAreFullTheLastOnesReplyGoesOn) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  NamedBackend three(loop_, "three");
  one.reply = two.reply = three.reply = full();
  start({one.backend(), two.backend(), three.backend()});
  auto reply = ask();
  ASSERT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.start->response.status, 503);
  EXPECT_EQ(reply.start->response.headers.get("Retry-After"), "1");
  EXPECT_EQ(reply.backend, "three");
  EXPECT_EQ(reply.retries, 2);
  for (const NamedBackend* backend : {&one, &two, &three}) EXPECT_EQ(backend->requests, 1);
  proxy_.reset();
}

TEST_F(ErrorReplyTest, AnUnavailableThatPromisesNothingIsAFailure) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  for (const char* body : {"{\"error\": {}}", "{\"started\": true}", "<html>", ""}) {
    one.reply = http::Response::json(503, body);
    start({one.backend(), two.backend()});
    auto reply = ask();
    ASSERT_TRUE(reply.start.has_value());
    EXPECT_EQ(reply.backend, "two") << body;
    EXPECT_EQ(state(0).state, "ejected") << body;
    EXPECT_EQ(state(0).why, "answered with 503");
  }
  EXPECT_EQ(two.requests, 4);
  proxy_.reset();
}

TEST_F(ErrorReplyTest, ServerErrorsAreAskedElsewhereOnceAndEject) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  for (int status : {500, 502, 504}) {
    one.reply = http::Response::json(status, "why");
    start({one.backend(), two.backend()});
    auto reply = ask();
    ASSERT_TRUE(reply.start.has_value());
    EXPECT_EQ(reply.start->response.body, "two");
    EXPECT_EQ(reply.retries, 1);
    EXPECT_EQ(state(0).state, "ejected");
  }
  proxy_.reset();
}

TEST_F(ErrorReplyTest, AServerErrorOfAllGoesOnUnchanged) {
  NamedBackend one(loop_, "one");
  one.reply = http::Response::json(500, "why");
  start({one.backend()});
  auto reply = ask();
  ASSERT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.start->response.status, 500);
  EXPECT_EQ(reply.start->response.body, "why");
  EXPECT_EQ(reply.retries, 0);
  proxy_.reset();
}

TEST_F(ErrorReplyTest, RefusalsOfTheRequestDoNotEject) {
  NamedBackend one(loop_, "one");
  for (int status : {400, 403, 404, 413, 415, 429}) {
    one.reply = http::Response::json(status, "{}");
    start({one.backend()});
    EXPECT_EQ(ask().start->response.status, status);
    EXPECT_EQ(state(0).state, "unchecked");
    EXPECT_EQ(count(0, Outcome::answered), 1u);
  }
  proxy_.reset();
}

TEST_F(ErrorReplyTest, AnotherTokenIsAskedForElsewhere) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  one.reply = http::Response::json(401, "{}");
  start({one.backend(), two.backend()});
  EXPECT_EQ(order(3), "two two two ");
  EXPECT_EQ(state(0).state, "ejected");
  proxy_.reset();
}

TEST_F(ErrorReplyTest, ATokenThatNobodyTakesIsNotTheUsersFault) {
  NamedBackend one(loop_, "one");
  one.reply = http::Response::json(401, "{}");
  start({one.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::unauthorized);
  proxy_.reset();
}

TEST_F(ErrorReplyTest, GarbageIsAskedElsewhereOnceAndEjects) {
  RawBackend garbage(loop_, [](uv::Tcp& tcp) { tcp.write("what?\r\n\r\n"); });
  NamedBackend two(loop_, "two");
  start({garbage.backend(), two.backend()});
  EXPECT_TRUE(ask().start.has_value());
  EXPECT_EQ(two.requests, 1);
  EXPECT_EQ(state(0).state, "ejected");
  proxy_.reset();
}

}  // namespace
}  // namespace playground::upstream
