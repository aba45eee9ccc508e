#include "uv/listener.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <vector>

#include "base/unique_fd.h"
#include "loop_test.h"

namespace playground::uv {
namespace {

UniqueFd connect_to(const Endpoint& endpoint) {
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  uv_ip4_addr(endpoint.host.c_str(), endpoint.port, &address);
  EXPECT_EQ(::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  return fd;
}

class ListenerTest : public LoopTest {
 protected:
  Owned<Listener> open(const Endpoint& endpoint) {
    auto opened = Listener::open(
        loop_, endpoint, [this] { return accepted_.size() < room_; },
        [this](Owned<Tcp> tcp) { accepted_.push_back(std::move(tcp)); });
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }

  std::size_t room_ = 1000;
  std::vector<Owned<Tcp>> accepted_;
};

TEST_F(ListenerTest, AcceptsEveryConnection) {
  auto listener = open({"127.0.0.1", 0});
  EXPECT_NE(listener->address().port, 0);
  std::vector<UniqueFd> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(connect_to(listener->address()));
  run_until([this] { return accepted_.size() == 20; });
}

TEST_F(ListenerTest, AcceptsWhatWaitsBeforeItCloses) {
  auto listener = open({"127.0.0.1", 0});
  std::vector<UniqueFd> clients;
  for (int i = 0; i < 5; ++i) clients.push_back(connect_to(listener->address()));
  // The loop has had no turn: all of them are in the backlog.
  listener->accept_waiting();
  EXPECT_EQ(accepted_.size(), 5u);
}

TEST_F(ListenerTest, HeldConnectionsWaitForResume) {
  auto listener = open({"127.0.0.1", 0});
  room_ = 2;
  std::vector<UniqueFd> clients;
  for (int i = 0; i < 5; ++i) clients.push_back(connect_to(listener->address()));
  run_until([this] { return accepted_.size() == 2; });
  // At the limit a turn of the loop finds nothing to do, rather than the same connection again and
  // again.
  loop_.run_once(false);
  loop_.run_once(false);
  EXPECT_EQ(accepted_.size(), 2u);
  listener->resume();
  EXPECT_EQ(accepted_.size(), 2u) << "resumed without room";
  room_ = 4;
  listener->resume();
  run_until([this] { return accepted_.size() == 4; });
  room_ = 1000;
  listener->resume();
  run_until([this] { return accepted_.size() == 5; });
  clients.push_back(connect_to(listener->address()));
  run_until([this] { return accepted_.size() == 6; });
}

TEST_F(ListenerTest, ResumeWithoutAHeldConnectionIsHarmless) {
  auto listener = open({"127.0.0.1", 0});
  listener->resume();
  UniqueFd client = connect_to(listener->address());
  run_until([this] { return accepted_.size() == 1; });
}

TEST_F(ListenerTest, AHeldConnectionThatHasGoneDoesNotStopTheListener) {
  auto listener = open({"127.0.0.1", 0});
  room_ = 0;
  connect_to(listener->address()).reset();
  loop_.run_once();
  room_ = 1000;
  listener->resume();
  UniqueFd client = connect_to(listener->address());
  run_until([this] { return accepted_.size() == 2; });
}

TEST_F(ListenerTest, MayBeDroppedWhileAccepting) {
  Owned<Listener> listener;
  int calls = 0;
  auto opened = Listener::open(
      loop_, {"127.0.0.1", 0}, [] { return true; },
      [&](Owned<Tcp>) {
        ++calls;
        listener.reset();
      });
  listener = std::move(*opened);
  UniqueFd first = connect_to(listener->address());
  UniqueFd second = connect_to(listener->address());
  run_until([&] { return calls > 0; });
  loop_.run_once(false);
  EXPECT_EQ(calls, 1);
}

TEST_F(ListenerTest, ATakenPortIsAnError) {
  auto first = open({"127.0.0.1", 0});
  auto second = Listener::open(
      loop_, first->address(), [] { return true; }, [](Owned<Tcp>) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, UV_EADDRINUSE);
  EXPECT_NE(second.error().message.find(first->address().text()), std::string::npos);
}

TEST_F(ListenerTest, ASharedPortCanBeJoinedAndServesTillTheLastHasGone) {
  auto first = open({"127.0.0.1", 0});
  ASSERT_TRUE(first->share_port());
  std::vector<Owned<Tcp>> joined;
  auto second = Listener::open(
      loop_, first->address(), [] { return true; },
      [&](Owned<Tcp> tcp) { joined.push_back(std::move(tcp)); }, Listener::Port::joined);
  ASSERT_TRUE(second) << second.error().message;
  std::vector<UniqueFd> clients;
  for (int i = 0; i < 64; ++i) clients.push_back(connect_to(first->address()));
  run_until([&] { return accepted_.size() + joined.size() == 64; });
  // The kernel's choice is by a hash of ports that are all different.
  EXPECT_GT(accepted_.size(), 0u);
  EXPECT_GT(joined.size(), 0u);
  Endpoint address = first->address();
  first.reset();
  std::size_t before = joined.size();
  clients.push_back(connect_to(address));
  run_until([&] { return joined.size() == before + 1; });
}

TEST_F(ListenerTest, APortThatIsNotSharedCantBeJoined) {
  auto first = open({"127.0.0.1", 0});
  auto second = Listener::open(
      loop_, first->address(), [] { return true; }, [](Owned<Tcp>) {}, Listener::Port::joined);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, UV_EADDRINUSE);
}

TEST_F(ListenerTest, ASharedPortIsTakenForWhoWantsItAlone) {
  auto first = open({"127.0.0.1", 0});
  ASSERT_TRUE(first->share_port());
  auto second = Listener::open(
      loop_, first->address(), [] { return true; }, [](Owned<Tcp>) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, UV_EADDRINUSE);
}

TEST_F(ListenerTest, ANameIsNoAddress) {
  auto opened = Listener::open(
      loop_, {"no.such.address", 80}, [] { return true; }, [](Owned<Tcp>) {});
  EXPECT_FALSE(opened);
}

TEST_F(ListenerTest, ListensOnIpv6) {
  auto opened = Listener::open(
      loop_, {"::1", 0}, [] { return true; }, [](Owned<Tcp>) {});
  if (!opened) GTEST_SKIP() << opened.error().message;
  EXPECT_EQ((*opened)->address().host, "::1");
}

}  // namespace
}  // namespace playground::uv
