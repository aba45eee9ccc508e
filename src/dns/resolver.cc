#include "dns/resolver.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

namespace playground::dns {
namespace {

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

Result<Answer> collect(const std::string& host, int status, const ares_addrinfo* info) {
  auto failure = [&](const char* why) { return unexpected("can't resolve " + host + ": " + why); };
  if (status != ARES_SUCCESS) return failure(ares_strerror(status));
  Answer answer;
  int ttl = std::numeric_limits<int>::max();
  for (auto* alias = info->cnames; alias != nullptr; alias = alias->next) {
    ttl = std::min(ttl, alias->ttl);
  }
  for (auto* node = info->nodes; node != nullptr; node = node->ai_next) {
    ttl = std::min(ttl, node->ai_ttl);
    Address address{};
    std::memcpy(&address, node->ai_addr, std::min<std::size_t>(node->ai_addrlen, sizeof(address)));
    answer.addresses.push_back(address);
  }
  if (answer.addresses.empty()) return failure("no address");
  // With the highest bit set it counts as none (RFC 2181, 8).
  answer.ttl = std::chrono::seconds{std::max(ttl, 0)};
  return answer;
}

}  // namespace

struct Lookup::Request {
  Resolver* resolver = nullptr;
  Lookup* owner = nullptr;
  std::string host;
  Callback on_done;
  std::optional<Result<Answer>> outcome;

  static void answered(void* raw, int status, int /*timeouts*/, ares_addrinfo* info) {
    std::unique_ptr<Request> request(static_cast<Request*>(raw));
    std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)> owned(info, &ares_freeaddrinfo);
    Resolver& resolver = *request->resolver;
    --resolver.open_;
    if (request->owner == nullptr) return;
    request->outcome = collect(request->host, status, info);
    resolver.finish(std::move(request));
  }
};

Lookup::~Lookup() {
  if (request_ != nullptr) request_->owner = nullptr;
}

Resolver::Resolver(uv::Loop& loop, ResolverOptions options)
    : loop_(loop),
      options_(std::move(options)),
      delivery_(uv::Async::create(loop, [this] { deliver(); })) {}

// The channel goes first: it gives back what is still asked for.
Resolver::~Resolver() {
  channel_.reset();
}

std::unique_ptr<Lookup> Resolver::look_up(const Endpoint& endpoint, Lookup::Callback on_done) {
  auto request = std::make_unique<Lookup::Request>();
  std::unique_ptr<Lookup> lookup(new Lookup(request.get()));
  request->resolver = this;
  request->owner = lookup.get();
  request->host = endpoint.host;
  request->on_done = std::move(on_done);
  if (auto prepared = prepare(); !prepared) {
    request->outcome = Unexpected<Error>{prepared.error()};
    finish(std::move(request));
    return lookup;
  }
  ++open_;
  channel_->ask(endpoint, &Lookup::Request::answered, request.release());
  return lookup;
}

// c-ares reads its configuration once, while a machine that changes networks gets another: a
// changed file makes another channel, as soon as no question is open in the old one.
Result<void> Resolver::prepare() {
  struct stat now {};
  // A missing file is a configuration too, of one server on this machine (resolv.conf(5)).
  ::stat(options_.resolv_conf.c_str(), &now);
  if (channel_ != nullptr && (open_ > 0 || same_file(now, read_))) return {};
  channel_.reset();
  auto opened = Channel::open(loop_, options_.resolv_conf, options_.servers);
  if (!opened) return Unexpected<Error>{opened.error()};
  channel_ = std::move(*opened);
  read_ = now;
  return {};
}

// On a later turn: c-ares must not be called, let alone dropped, from within its own callback.
void Resolver::finish(std::unique_ptr<Lookup::Request> request) {
  finished_.push_back(std::move(request));
  delivery_->wake();
}

// One a turn, so that calling out is the last thing done.
void Resolver::deliver() {
  if (finished_.empty()) return;
  auto request = std::move(finished_.front());
  finished_.pop_front();
  if (!finished_.empty()) delivery_->wake();
  if (request->owner == nullptr) return;
  request->owner->request_ = nullptr;
  request->on_done(std::move(*request->outcome));
}

}  // namespace playground::dns
