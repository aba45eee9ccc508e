#include "uv/tcp.h"

#include <fcntl.h>
#include <netinet/in.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "base/unique_fd.h"
#include "loop_test.h"
#include "uv/listener.h"

namespace playground::uv {
namespace {

sockaddr_in local(std::uint16_t port) {
  sockaddr_in address{};
  uv_ip4_addr("127.0.0.1", port, &address);
  return address;
}

// Keeps what comes; echoes it where asked to.
struct End final : Tcp::Owner {
  Owned<Tcp> tcp;
  std::string received;
  bool echo = false;
  bool ended = false;
  bool written = false;
  int connected = 1;  // 1: not yet known

  void adopt(Owned<Tcp> stream) {
    tcp = std::move(stream);
    tcp->set_owner(this);
  }
  void on_connected(int error) override { connected = error; }
  void on_read(std::string_view bytes) override {
    received += bytes;
    if (echo) tcp->write(std::string(bytes));
  }
  void on_read_end(int error) override {
    EXPECT_EQ(error, 0);
    ended = true;
  }
  void on_written(int error) override {
    EXPECT_EQ(error, 0);
    written = true;
  }
};

class TcpTest : public LoopTest {
 protected:
  TcpTest() {
    auto opened = Listener::open(
        loop_, {"127.0.0.1", 0}, [] { return true; },
        [this](Owned<Tcp> tcp) { server_.adopt(std::move(tcp)); });
    listener_ = std::move(*opened);
    client_.adopt(Tcp::create(loop_));
    sockaddr_in address = local(listener_->address().port);
    EXPECT_TRUE(client_.tcp->connect(reinterpret_cast<const sockaddr&>(address)));
    run_until([this] { return client_.connected != 1 && server_.tcp; });
    EXPECT_EQ(client_.connected, 0);
  }

  Owned<Listener> listener_;
  End server_;
  End client_;
};

TEST_F(TcpTest, EchoesBytes) {
  server_.echo = true;
  server_.tcp->start_reading();
  client_.tcp->start_reading();
  EXPECT_EQ(client_.tcp->write("head ", "body"), Tcp::Write::done);
  run_until([this] { return client_.received.size() == 9; });
  EXPECT_EQ(client_.received, "head body");
}

TEST_F(TcpTest, NothingToWriteIsDone) {
  EXPECT_EQ(client_.tcp->write(""), Tcp::Write::done);
  EXPECT_EQ(client_.tcp->queued_bytes(), 0u);
}

TEST_F(TcpTest, WhatTheKernelDoesNotTakeIsQueuedAndArrivesInOrder) {
  std::string expected;
  auto outcome = Tcp::Write::done;
  for (int i = 0; outcome == Tcp::Write::done || i < 100; ++i) {
    std::string head(1000, static_cast<char>('a' + i % 26));
    std::string body(100'000, static_cast<char>('A' + i % 26));
    expected += head + body;
    outcome = client_.tcp->write(head, body);
    ASSERT_NE(outcome, Tcp::Write::failed);
  }
  EXPECT_EQ(outcome, Tcp::Write::queued);
  EXPECT_GT(client_.tcp->queued_bytes(), 0u);
  std::size_t unsent = client_.tcp->unsent_bytes();
  EXPECT_GT(unsent, 0u);
  server_.tcp->start_reading();
  run_until([this] { return client_.written; });
  EXPECT_EQ(client_.tcp->queued_bytes(), 0u);
  EXPECT_EQ(client_.tcp->unsent_bytes(), 0u);
  run_until([&] { return server_.received.size() == expected.size(); });
  EXPECT_TRUE(server_.received == expected);
}

TEST_F(TcpTest, UnsentFallsWhileTheQueueIsBeingTaken) {
  client_.tcp->write(std::string(32 * 1024 * 1024, 'x'));
  std::size_t unsent = client_.tcp->unsent_bytes();
  ASSERT_GT(unsent, 0u);
  server_.tcp->start_reading();
  run_until([&] { return client_.tcp->unsent_bytes() < unsent; });
  run_until([this] { return client_.written; });
}

TEST_F(TcpTest, StoppedReadingLeavesBytesWithTheKernel) {
  server_.tcp->start_reading();
  server_.tcp->stop_reading();
  EXPECT_FALSE(server_.tcp->reading());
  client_.tcp->write("later");
  client_.tcp->start_reading();
  server_.tcp->write("x");
  run_until([this] { return client_.received == "x"; });
  EXPECT_EQ(server_.received, "");
  server_.tcp->start_reading();
  run_until([this] { return server_.received == "later"; });
}

TEST_F(TcpTest, EndOfStreamComesAfterTheLastByte) {
  client_.tcp->write("last");
  client_.tcp->shutdown_write();
  client_.tcp->shutdown_write();
  server_.tcp->start_reading();
  run_until([this] { return server_.ended; });
  EXPECT_EQ(server_.received, "last");
  EXPECT_FALSE(server_.tcp->reading());
}

TEST_F(TcpTest, MayBeDroppedFromItsOwnCallback) {
  struct Dropper final : Tcp::Owner {
    Owned<Tcp> tcp;
    int calls = 0;
    void on_read(std::string_view) override {
      ++calls;
      tcp.reset();
    }
    void on_read_end(int) override { ++calls; }
    void on_written(int) override { ++calls; }
  } dropper;
  dropper.tcp = std::move(server_.tcp);
  dropper.tcp->set_owner(&dropper);
  dropper.tcp->start_reading();
  client_.tcp->start_reading();
  client_.tcp->write("x");
  run_until([this] { return client_.ended; });
  EXPECT_EQ(dropper.calls, 1);
}

TEST_F(TcpTest, DroppedWithAQueueCallsNobody) {
  client_.tcp->write(std::string(32 * 1024 * 1024, 'x'));
  client_.tcp.reset();
  loop_.run_once(false);
  EXPECT_FALSE(client_.written);
}

TEST_F(TcpTest, KnowsItsPeer) {
  EXPECT_EQ(client_.tcp->peer(), listener_->address().text());
  EXPECT_EQ(server_.tcp->peer().rfind("127.0.0.1:", 0), 0u);
}

TEST_F(TcpTest, ConnectToAClosedPortTells) {
  std::uint16_t port = listener_->address().port;
  listener_.reset();
  loop_.run_once(false);
  End other;
  other.adopt(Tcp::create(loop_));
  sockaddr_in address = local(port);
  ASSERT_TRUE(other.tcp->connect(reinterpret_cast<const sockaddr&>(address)));
  run_until([&] { return other.connected != 1; });
  EXPECT_EQ(other.connected, UV_ECONNREFUSED);
}

TEST(AddressText, PutsBracketsAroundIpv6) {
  sockaddr_storage address{};
  uv_ip6_addr("2001:db8::1", 443, reinterpret_cast<sockaddr_in6*>(&address));
  EXPECT_EQ(address_text(address), "[2001:db8::1]:443");
  address = {};
  uv_ip4_addr("10.0.0.1", 80, reinterpret_cast<sockaddr_in*>(&address));
  EXPECT_EQ(address_text(address), "10.0.0.1:80");
}

// ThreadSanitizer takes the two for one if it does not see the close (test/tsan/syscall.cc). So
// there is nothing here that synchronises.
TEST_F(TcpTest, TheDescriptorOfADroppedOneMayBeAnotherThreadsNext) {
  auto open_any = [] { return UniqueFd(::openat(AT_FDCWD, "/", O_RDONLY | O_CLOEXEC)); };
  std::atomic<bool> dropped = false;
  int next = -1;
  server_.tcp->start_reading();
  std::thread other([&] {
    while (!dropped.load(std::memory_order_relaxed)) std::this_thread::yield();
    next = open_any().get();
  });
  client_.tcp->write("x");
  run_until([this] { return server_.received == "x"; });
  int unused = open_any().get();
  server_.tcp.reset();
  dropped.store(true, std::memory_order_relaxed);
  other.join();
  EXPECT_GE(next, 0);
  EXPECT_LT(next, unused);
}

}  // namespace
}  // namespace playground::uv
