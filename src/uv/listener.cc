#include "uv/listener.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "base/check.h"

namespace playground::uv {
namespace {

// As many as the kernel allows (net.core.somaxconn caps it).
constexpr int kBacklog = 4096;

int to_sockaddr(const Endpoint& endpoint, sockaddr_storage& address) {
  if (endpoint.host.find(':') != std::string::npos) {
    return uv_ip6_addr(endpoint.host.c_str(), endpoint.port,
                       reinterpret_cast<sockaddr_in6*>(&address));
  }
  return uv_ip4_addr(endpoint.host.c_str(), endpoint.port,
                     reinterpret_cast<sockaddr_in*>(&address));
}

// SO_REUSEPORT (socket(7)): sockets of one user that all have it may listen on one port.
int set_reuse_port(int socket) {
  int yes = 1;
  return ::setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof(yes)) == 0 ? 0 : -errno;
}

}  // namespace

Result<Owned<Listener>> Listener::open(Loop& loop, const Endpoint& endpoint, MayAccept may_accept,
                                       OnConnection on_connection, Port port) {
  auto failure = [&](int error) {
    return unexpected("can't listen on " + endpoint.text() + ": " + uv_strerror(error), error);
  };
  sockaddr_storage address{};
  if (int error = to_sockaddr(endpoint, address)) return failure(error);
  Owned<Listener> listener(new Listener(loop, std::move(may_accept), std::move(on_connection)));
  PLAYGROUND_CHECK(uv_tcp_init(loop.raw(), &listener->tcp_) == 0);
  listener->tcp_.data = listener.get();
  if (port == Port::joined) {
    if (int error = listener->create_joined(address.ss_family)) return failure(error);
  }
  if (int error = uv_tcp_bind(&listener->tcp_, reinterpret_cast<sockaddr*>(&address), 0)) {
    return failure(error);
  }
  if (int error = listener->listen()) return failure(error);
  return listener;
}

// libuv 1.44 makes its socket as it binds it, and has no flag for this.
int Listener::create_joined(int family) {
  UniqueFd socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return -errno;
  if (int error = set_reuse_port(socket.get())) return error;
  int error = uv_tcp_open(&tcp_, socket.get());
  if (error == 0) socket.release();
  return error;
}

Result<void> Listener::share_port() {
  uv_os_fd_t listening = -1;
  PLAYGROUND_CHECK(uv_fileno(raw(), &listening) == 0);
  if (int error = set_reuse_port(listening)) {
    return unexpected("can't share " + address().text() + ": " + uv_strerror(error), error);
  }
  return {};
}

int Listener::listen() {
  return uv_listen(reinterpret_cast<uv_stream_t*>(&tcp_), kBacklog,
                   [](uv_stream_t* stream, int status) {
                     auto* listener = static_cast<Listener*>(stream->data);
                     if (listener->detached_ || status != 0) return;
                     listener->accept();
                   });
}

void Listener::accept() {
  // Not calling uv_accept makes libuv stop polling the listener until it is called.
  held_ = !may_accept_();
  if (held_) return;
  Owned<Tcp> tcp = Tcp::create(loop_);
  auto* server = reinterpret_cast<uv_stream_t*>(&tcp_);
  if (uv_accept(server, reinterpret_cast<uv_stream_t*>(tcp->tcp())) != 0) {
    // libuv 1.44 leaves the listener stopped after a failed accept.
    listen();
    return;
  }
  tcp->set_no_delay();
  on_connection_(std::move(tcp));
}

void Listener::resume() {
  if (held_) accept();
}

void Listener::accept_waiting() {
  resume();
  uv_os_fd_t listening = -1;
  if (uv_fileno(raw(), &listening) != 0) return;
  while (may_accept_()) {
    UniqueFd socket(::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) return;
    Owned<Tcp> tcp = Tcp::adopt(loop_, std::move(socket));
    if (tcp == nullptr) continue;
    tcp->set_no_delay();
    on_connection_(std::move(tcp));
  }
}

Endpoint Listener::address() const {
  sockaddr_storage address{};
  int size = sizeof(address);
  PLAYGROUND_CHECK(uv_tcp_getsockname(&tcp_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  auto bound = Endpoint::parse(address_text(address));
  PLAYGROUND_CHECK(bound.has_value());
  return *bound;
}

}  // namespace playground::uv
