// What the tests of streams share: a client and a server on one loop, connected over loopback.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "certificates.h"
#include "tls/stream.h"
#include "uv/listener.h"
#include "uv/loop.h"
#include "uv/tcp.h"

namespace playground::tls {

// One end: keeps what it is told.
struct End final : uv::Stream::Owner {
  uv::Owned<uv::Stream> stream;
  std::string received;
  bool echo = false;
  int connected = 1;  // 1: not yet known
  int ended = 1;
  bool written = false;

  void adopt(uv::Owned<uv::Stream> adopted) {
    stream = std::move(adopted);
    stream->set_owner(this);
  }
  bool secure() const { return connected == 0; }
  std::string error() const { return stream->error_text(ended != 1 ? ended : connected); }

  void on_connected(int error) override { connected = error; }
  void on_read(std::string_view bytes) override {
    received += bytes;
    if (echo) stream->write(std::string(bytes));
  }
  void on_read_end(int error) override { ended = error; }
  void on_written(int error) override {
    EXPECT_EQ(error, 0);
    written = true;
  }
};

class PairTest : public testing::Test {
 protected:
  explicit PairTest(const std::string& certificate = "good") { serve(certificate); }

  void serve(const std::string& certificate) {
    server_context_ = server_with(certificate);
    acceptor_.context = server_context_.get();
    acceptor_.on_failed = [this](const std::string&, const std::string& why) {
      failures_.push_back(why);
    };
  }

  // Opens the listener on first use, and connects the two ends below TLS.
  uv::Owned<uv::Tcp> connect_tcp() {
    if (!listener_) {
      auto opened = uv::Listener::open(
          loop_, {"127.0.0.1", 0}, [] { return true; },
          [this](uv::Owned<uv::Tcp> tcp) {
            server_ = {};
            server_.adopt(Stream::accept(loop_, std::move(tcp), acceptor_));
          });
      listener_ = std::move(*opened);
    }
    End connecting;
    uv::Owned<uv::Tcp> tcp = uv::Tcp::create(loop_);
    tcp->set_owner(&connecting);
    sockaddr_in address{};
    uv_ip4_addr("127.0.0.1", listener_->address().port, &address);
    EXPECT_TRUE(tcp->connect(reinterpret_cast<const sockaddr&>(address)));
    run_until([&] { return connecting.connected != 1; });
    EXPECT_EQ(connecting.connected, 0);
    return tcp;
  }

  // A handshake, to whatever end.
  void connect(Client& client) {
    client_ = {};
    auto tcp = connect_tcp();
    client_.adopt(Stream::connect(loop_, std::move(tcp), client));
    run_until([this] { return client_.connected != 1; });
  }

  // A handshake that both sides take for done, with both reading.
  void connect_well(Client& client) {
    connect(client);
    ASSERT_TRUE(client_.secure()) << client_.error();
    run_until([this] { return server_.connected != 1; });
    client_.stream->start_reading();
    server_.stream->start_reading();
  }

  bool resumed() const { return static_cast<const Stream&>(*client_.stream).resumed(); }

  // Turns the loop until the condition holds; ctest's time-out ends a test whose condition never
  // does.
  template <class Condition>
  void run_until(Condition condition) {
    while (!condition()) loop_.run_once();
  }

  uv::Loop loop_;
  std::unique_ptr<Context> server_context_;
  std::unique_ptr<Context> client_context_ = trusting_client();
  Stream::Acceptor acceptor_;
  std::vector<std::string> failures_;
  uv::Owned<uv::Listener> listener_;
  End server_;
  End client_;
};

}  // namespace playground::tls
