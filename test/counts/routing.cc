// How many instructions the ui needs to send a program to a backend and its reply back.
#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/admission.h"
#include "app/metrics.h"
#include "app/ui_role.h"
#include "base/check.h"
#include "base/unique_fd.h"
#include "test/counts/inputs.h"
#include "test/counts/operations.h"

namespace playground::counts {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

UniqueFd tcp_socket(int flags) {
  UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  PLAYGROUND_CHECK(static_cast<bool>(socket));
  return socket;
}

void send_all(const UniqueFd& socket, std::string_view bytes) {
  PLAYGROUND_CHECK(::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
                   static_cast<ssize_t>(bytes.size()));
}

// What has come, up to 4 KiB; nothing where nothing has.
std::string_view receive(const UniqueFd& socket) {
  static char bytes[4096];
  ssize_t count = ::recv(socket.get(), bytes, sizeof(bytes), MSG_DONTWAIT);
  return {bytes, count > 0 ? static_cast<std::size_t>(count) : 0};
}

// Answers whatever comes with the same reply, the health checks' questions too.
class StubBackend {
 public:
  StubBackend() : listener_(tcp_socket(SOCK_NONBLOCK)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    PLAYGROUND_CHECK(::bind(listener_.get(), raw, size) == 0);
    PLAYGROUND_CHECK(::listen(listener_.get(), SOMAXCONN) == 0);
    PLAYGROUND_CHECK(::getsockname(listener_.get(), raw, &size) == 0);
    port_ = ntohs(address.sin_port);
  }

  std::uint16_t port() const { return port_; }

  void serve() {
    UniqueFd accepted(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (accepted) connections_.push_back(std::move(accepted));
    for (const UniqueFd& connection : connections_) {
      if (!receive(connection).empty()) send_all(connection, reply_);
    }
  }

 private:
  UniqueFd listener_;
  std::uint16_t port_ = 0;
  std::vector<UniqueFd> connections_;
  const std::string reply_ = message(
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
      "X-Content-Type-Options: nosniff\r\nContent-Type: application/json\r\n"
      "X-Request-Id: 0123456789abcdef0123456789abcdef\r\n",
      kOutcome);
};

app::Config config() {
  app::Environment environment{{"PLAYGROUND_UI_LISTEN", "127.0.0.1:0"}};
  auto loaded = app::load_config(environment, {}, app::kUi, app::Machine{});
  PLAYGROUND_CHECK(loaded.has_value());
  return loaded->config;
}

// A ui with one backend, and a client of it.
class Route {
 public:
  Route();
  // One request and its reply.
  void take();

 private:
  const app::Config config_ = config();
  uv::Loop loop_;
  StubBackend backend_;
  app::Metrics metrics_;
  std::unique_ptr<app::Admission> admission_ = app::Admission::of_ui(config_);
  std::unique_ptr<upstream::SharedState> turns_;
  std::unique_ptr<app::UiRole> ui_;
  UniqueFd client_ = tcp_socket(0);
  const std::string request_ = evaluation_request("/python");
};

Route::Route() {
  std::vector<upstream::Backend> backends{{"stub", {"127.0.0.1", backend_.port()}}};
  turns_ = std::make_unique<upstream::SharedState>(backends, 1);
  auto ui = app::UiRole::open(loop_, config_, backends, turns_.get(), metrics_, *admission_, {},
                              uv::Listener::Port::alone);
  PLAYGROUND_CHECK(ui.has_value());
  ui_ = std::move(*ui);
  sockaddr_in address = loopback(ui_->address().port);
  PLAYGROUND_CHECK(
      ::connect(client_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
}

void Route::take() {
  send_all(client_, request_);
  std::string_view reply;
  while (reply.empty()) {
    loop_.run_once(false);
    backend_.serve();
    reply = receive(client_);
  }
  PLAYGROUND_CHECK(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.ends_with(kOutcome));
}

}  // namespace

void route(std::size_t times) {
  Route route;
  for (std::size_t i = 0; i < times; ++i) route.take();
}

}  // namespace playground::counts
