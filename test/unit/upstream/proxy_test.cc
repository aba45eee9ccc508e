// The proxy's way to a backend and back; what it does when a backend fails is in retry_test.cc.
#include "proxy_test.h"

#include <gmock/gmock.h>

namespace playground::upstream {
namespace {

using ::testing::HasSubstr;

TEST_F(ProxyTest, SendsTheRequestAndReturnsTheReply) {
  NamedBackend one(loop_, "one");
  start({one.backend()});
  auto reply = ask("{\"code\": \"1\"}");
  ASSERT_TRUE(reply.start.has_value());
  EXPECT_EQ(reply.backend, "one");
  EXPECT_EQ(reply.start->response.status, 200);
  EXPECT_EQ(reply.start->response.body, "one");
  EXPECT_EQ(one.last.method, "POST");
  EXPECT_EQ(one.last.path, "/py/eval");
  EXPECT_EQ(one.last.body, "{\"code\": \"1\"}");
  EXPECT_EQ(one.last.headers.get("Host"), one.backend().endpoint.text());
  EXPECT_FALSE(one.last.headers.get("Authorization"));
  EXPECT_FALSE(one.last.headers.get("X-Forwarded-For"));
  proxy_.reset();
}

TEST_F(ProxyTest, SendsItsTokenAndTheCallersAddress) {
  NamedBackend one(loop_, "one");
  options_.token = "s3cret";
  start({one.backend()});
  KeepingReceiver receiver;
  auto ticket = proxy_->send(
      {.path = "/py/eval", .body = "{}", .accept = "text/x", .client = "192.0.2.7"}, receiver);
  while (!receiver.reply) loop_.run_once();
  EXPECT_EQ(one.last.headers.get("Authorization"), "Bearer s3cret");
  EXPECT_EQ(one.last.headers.get("X-Forwarded-For"), "192.0.2.7");
  EXPECT_EQ(one.last.headers.get("Accept"), "text/x");
  ticket = {};
  proxy_.reset();
}

TEST_F(ProxyTest, AQuestionWithoutABodyHasNoTypeOfOne) {
  NamedBackend one(loop_, "one");
  start({one.backend()});
  Proxy::Request question;
  question.method = "GET";
  question.path = "/py/versions";
  question.type.clear();
  KeepingReceiver receiver;
  auto ticket = proxy_->send(std::move(question), receiver);
  while (!receiver.reply) loop_.run_once();
  EXPECT_EQ(one.last.method, "GET");
  EXPECT_EQ(one.last.path, "/py/versions");
  EXPECT_FALSE(one.last.headers.get("Content-Type"));
  ticket = {};
  proxy_.reset();
}

TEST_F(ProxyTest, DoesNotSendItsTokenToPublicAddresses) {
  options_.token = "s3cret";
  start({{"public", {"192.0.2.1", 80}, 1}});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::connect);
  EXPECT_EQ(reply.start.error().detail,
            "192.0.2.1:80: a token is not sent over http:// to a public address: use https://");
  proxy_.reset();
}

// 255.255.255.255 is public, and needs no network to be refused.
TEST_F(ProxyTest, SendsItsTokenToPublicAddressesOverTls) {
  auto context = tls::Context::client("");
  ASSERT_TRUE(context.has_value());
  Backend backend{"public", {"255.255.255.255", 443}, 1};
  backend.tls = std::make_shared<tls::Client>(**context, "backend.example");
  options_.token = "s3cret";
  start({backend});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::connect);
  EXPECT_THAT(reply.start.error().detail, Not(HasSubstr("token")));
  proxy_.reset();
}

TEST_F(ProxyTest, TellsOfANameThatIsNotFound) {
  start({{"nowhere", {"no-such-host.invalid", 80}, 1}});
  while (observer_.unresolved.empty()) loop_.run_once();
  EXPECT_THAT(observer_.unresolved[0], HasSubstr("nowhere can't resolve no-such-host.invalid"));
  proxy_.reset();
}

TEST_F(ProxyTest, FollowsWeights) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  Backend heavy = one.backend();
  heavy.weight = 3;
  start({heavy, two.backend()});
  EXPECT_EQ(order(8), "one two one one one two one one ");
  proxy_.reset();
}

TEST_F(ProxyTest, AlternatesStrictlyAndKeepsConnections) {
  NamedBackend one(loop_, "one");
  NamedBackend two(loop_, "two");
  start({one.backend(), two.backend()});
  EXPECT_EQ(order(10), "one two one two one two one two one two ");
  EXPECT_EQ(one.server().connections(), 1u);
  EXPECT_EQ(two.server().connections(), 1u);
  EXPECT_EQ(state(0).requests, 5u);
  EXPECT_EQ(state(0).idle, 1u);
  EXPECT_EQ(state(0).active, 0u);
  proxy_.reset();
}

TEST_F(ProxyTest, ResolvesNames) {
  NamedBackend one(loop_, "one");
  Backend backend = one.backend();
  backend.endpoint.host = "localhost";
  start({backend});
  EXPECT_TRUE(ask().start.has_value());
  proxy_.reset();
}

TEST_F(ProxyTest, ARefusedConnectionIsAConnectFailure) {
  start({nobody("closed")});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::connect);
  EXPECT_EQ(reply.backend, "closed");
  EXPECT_EQ(state(0).failures, 1u);
  proxy_.reset();
}

TEST_F(ProxyTest, AnUnknownNameIsAConnectFailure) {
  options_.connection.connect_timeout = milliseconds{20'000};
  start({{"nowhere", {"no-such-host.invalid", 80}, 1}});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::connect);
  EXPECT_THAT(reply.start.error().detail, HasSubstr("no-such-host.invalid"));
  proxy_.reset();
}

TEST_F(ProxyTest, SilenceIsATimeout) {
  options_.connection.answer_timeout = milliseconds{50};
  RawBackend silent(loop_, [](uv::Tcp&) {});
  start({silent.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::timeout);
  proxy_.reset();
}

TEST_F(ProxyTest, AnAnswerThatBreaksOffIsBroken) {
  RawBackend* raw = nullptr;
  RawBackend breaking(loop_, [&raw](uv::Tcp& tcp) {
    tcp.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    raw->hang_up();
  });
  raw = &breaking;
  start({breaking.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::broken);
  proxy_.reset();
}

TEST_F(ProxyTest, GarbageIsInvalid) {
  RawBackend garbage(loop_, [](uv::Tcp& tcp) { tcp.write("SSH-2.0-OpenSSH_9.2\r\n"); });
  start({garbage.backend()});
  auto reply = ask();
  ASSERT_FALSE(reply.start.has_value());
  EXPECT_EQ(reply.start.error().kind, Failure::Kind::invalid);
  proxy_.reset();
}

TEST_F(ProxyTest, AKeptConnectionThatTheBackendClosesIsTriedAnew) {
  RawBackend* raw = nullptr;
  int requests = 0;
  // Answers the first request, hangs up at the second without a byte, answers the third.
  RawBackend fickle(loop_, [&](uv::Tcp& tcp) {
    if (++requests == 2) {
      raw->hang_up();
    } else {
      tcp.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  });
  raw = &fickle;
  start({fickle.backend()});
  EXPECT_TRUE(ask().start.has_value());
  EXPECT_TRUE(ask().start.has_value());
  EXPECT_EQ(requests, 3);
  EXPECT_EQ(fickle.connections, 2);
  proxy_.reset();
}

TEST_F(ProxyTest, AFreshConnectionThatBreaksIsNotTriedAgain) {
  RawBackend* raw = nullptr;
  int requests = 0;
  RawBackend breaking(loop_, [&](uv::Tcp&) {
    ++requests;
    raw->hang_up();
  });
  raw = &breaking;
  start({breaking.backend()});
  EXPECT_FALSE(ask().start.has_value());
  EXPECT_EQ(requests, 1);
  proxy_.reset();
}

TEST_F(ProxyTest, ADroppedTicketClosesTheConnection) {
  int requests = 0;
  RawBackend silent(loop_, [&](uv::Tcp&) { ++requests; });
  start({silent.backend()});
  KeepingReceiver receiver;
  {
    auto ticket = proxy_->send({.path = "/py/eval", .body = "{}"}, receiver);
    while (requests == 0) loop_.run_once();
  }
  EXPECT_EQ(state(0).active, 0u);
  loop_.run_once(false);
  EXPECT_FALSE(receiver.reply.has_value());
  proxy_.reset();
}

}  // namespace
}  // namespace playground::upstream
