#include "dns/channel.h"

#include <sys/time.h>

#include "base/check.h"

namespace playground::dns {
namespace {

// A datagram that is lost costs its retransmission: 200 ms and not c-ares's 5 s, so that connecting
// to a backend survives it within its time-out. Each further round waits twice as long; an answer
// to any of them is taken. With one server a look-up without answer ends after 3 s.
constexpr int kFirstTimeoutMs = 200;
constexpr int kTries = 4;

}  // namespace

Result<std::unique_ptr<Channel>> Channel::open(uv::Loop& loop, const std::string& resolv_conf,
                                               const std::string& servers) {
  static const int library = ares_library_init(ARES_LIB_INIT_ALL);
  PLAYGROUND_CHECK(library == ARES_SUCCESS);
  std::unique_ptr<Channel> channel(new Channel(loop));
  auto initialised = channel->initialise(resolv_conf, servers);
  if (!initialised) return Unexpected<Error>{initialised.error()};
  return channel;
}

Channel::Channel(uv::Loop& loop)
    : loop_(loop),
      timer_(uv::Timer::create(loop, [this] { process(ARES_SOCKET_BAD, ARES_SOCKET_BAD); })) {}

Result<void> Channel::initialise(const std::string& resolv_conf, const std::string& servers) {
  ares_options options{};
  options.timeout = kFirstTimeoutMs;
  options.tries = kTries;
  std::string path = resolv_conf;
  options.resolvconf_path = path.data();
  options.sock_state_cb = [](void* self, ares_socket_t socket, int readable, int writable) {
    static_cast<Channel*>(self)->watch(socket, readable != 0, writable != 0);
  };
  options.sock_state_cb_data = this;
  int failed = ares_init_options(
      &channel_, &options,
      ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB | ARES_OPT_RESOLVCONF);
  if (failed != ARES_SUCCESS) {
    channel_ = nullptr;
    return unexpected(std::string("can't start to resolve: ") + ares_strerror(failed));
  }
  if (servers.empty()) return {};
  failed = ares_set_servers_ports_csv(channel_, servers.c_str());
  if (failed != ARES_SUCCESS) {
    return unexpected("name servers " + servers + ": " + ares_strerror(failed));
  }
  return {};
}

Channel::~Channel() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

// Both families in one question to c-ares: asked apart, each would go through the search domains by
// itself, and the addresses of two different hosts could be taken for one.
void Channel::ask(const Endpoint& endpoint, ares_addrinfo_callback on_answer, void* argument) {
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = ARES_AI_NUMERICSERV;
  std::string port = std::to_string(endpoint.port);
  ares_getaddrinfo(channel_, endpoint.host.c_str(), port.c_str(), &hints, on_answer, argument);
  arm();
}

// c-ares tells what it waits for at each of its sockets; nothing means that it is about to close
// it.
void Channel::watch(ares_socket_t socket, bool readable, bool writable) {
  if (!readable && !writable) {
    polls_.erase(socket);
    return;
  }
  auto& poll = polls_[socket];
  if (poll == nullptr) {
    poll = uv::Poll::create(loop_, socket, [this, socket](int events) {
      process((events & UV_READABLE) != 0 ? socket : ARES_SOCKET_BAD,
              (events & UV_WRITABLE) != 0 ? socket : ARES_SOCKET_BAD);
    });
  }
  poll->start((readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0));
}

void Channel::process(ares_socket_t readable, ares_socket_t writable) {
  ares_process_fd(channel_, readable, writable);
  arm();
}

// For the next retransmission or time-out, if there is a question open.
void Channel::arm() {
  timeval left{};
  if (ares_timeout(channel_, nullptr, &left) == nullptr) {
    timer_->stop();
    return;
  }
  // Rounded up: a millisecond too early would only turn the loop once more.
  timer_->start(milliseconds{left.tv_sec * 1000 + left.tv_usec / 1000 + 1});
}

}  // namespace playground::dns
