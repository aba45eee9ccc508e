#include "upstream/proxy.h"

#include <utility>

#include "base/check.h"

namespace playground::upstream {

struct Proxy::Upstream {
  Backend backend;
  dns::Name name;
  IdlePool idle;
  std::uint64_t requests = 0;
  std::uint64_t failures = 0;
  std::size_t active = 0;

  Upstream(uv::Loop& loop, dns::Resolver& resolver, const Names& names, Backend which)
      : backend(std::move(which)),
        name(loop, resolver, backend.endpoint, events(names)),
        idle(loop, name, {}) {}

  dns::Name::Events events(const Names& names) {
    return {[this] { idle.drop_moved(); },
            [this, &names](const Error& error) {
              if (names.on_failure) names.on_failure(backend.name, error);
            }};
  }
};

// One request on its way through one backend.
class Proxy::Call final : private Connection::Owner {
 public:
  Call(Proxy& proxy, std::uint64_t id, Upstream& upstream, Request request, Receiver& receiver)
      : proxy_(proxy),
        id_(id),
        upstream_(upstream),
        request_(std::move(request)),
        receiver_(receiver) {
    ++upstream_.requests;
    ++upstream_.active;
  }
  ~Call() { --upstream_.active; }

  void start() {
    connection_ = upstream_.idle.get(*this);
    reused_ = connection_ != nullptr;
    if (reused_) {
      send();
    } else {
      connect();
    }
  }

  void pause() { connection_->pause(); }
  void resume() { connection_->resume(); }

 private:
  void connect() {
    reused_ = false;
    Connection::Owner& self = *this;
    connection_ = std::make_unique<Connection>(proxy_.loop_, upstream_.name, proxy_.options_, self,
                                               upstream_.backend.tls.get());
  }

  void send() {
    std::string head = "POST " + request_.path + " HTTP/1.1\r\nHost: " + upstream_.backend.host() +
                       "\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(request_.body.size()) + "\r\n";
    if (!request_.accept.empty()) head += "Accept: " + request_.accept + "\r\n";
    head += "\r\n";
    // Kept as long as it may have to be sent again.
    connection_->send(std::move(head), reused_ ? request_.body : std::move(request_.body));
  }

  void on_connected(Connection&) override { send(); }

  void on_reply(Connection&, ReplyStart start) override {
    replied_ = true;
    Reply reply{upstream_.backend.name, std::move(start)};
    if (!reply.start->whole) return receiver_.on_reply(std::move(reply));
    auto self = finish();
    receiver_.on_reply(std::move(reply));
  }

  void on_body(Connection&, std::string bytes, bool last) override {
    if (!last) return receiver_.on_body(std::move(bytes), false);
    auto self = finish();
    receiver_.on_body(std::move(bytes), true);
  }

  std::unique_ptr<Call> finish() {
    upstream_.idle.put(std::move(connection_));
    return proxy_.finish(id_);
  }

  void on_failed(Connection& connection, Failure failure) override {
    // A kept connection may be closed by the backend at the very moment when it is used again. A
    // fresh one tells whether the backend is there (RFC 9112, 9.3.1; an evaluation has no effect
    // outside its sandbox).
    if (reused_ && failure.kind == Failure::Kind::broken && connection.unanswered()) {
      connect();
      return;
    }
    ++upstream_.failures;
    auto self = proxy_.finish(id_);
    if (replied_) return receiver_.on_broken(std::move(failure));
    receiver_.on_reply(Reply{upstream_.backend.name, Unexpected<Failure>{std::move(failure)}});
  }

  Proxy& proxy_;
  std::uint64_t id_;
  Upstream& upstream_;
  Request request_;
  Receiver& receiver_;
  std::unique_ptr<Connection> connection_;
  bool reused_ = false;
  bool replied_ = false;  // the Receiver has been told how the reply begins
};

Proxy::Proxy(uv::Loop& loop, std::vector<Backend> backends, const Connection::Options& options,
             Names names)
    : loop_(loop),
      options_(options),
      names_(std::move(names)),
      resolver_(loop, names_.resolver),
      rotation_(backends.size()) {
  for (Backend& backend : backends) {
    upstreams_.push_back(std::make_unique<Upstream>(loop, resolver_, names_, std::move(backend)));
  }
}

Proxy::~Proxy() = default;

Proxy::Ticket Proxy::send(Request request, Receiver& receiver) {
  std::uint64_t id = next_id_++;
  Upstream& upstream = *upstreams_[rotation_.get()];
  auto call = std::make_unique<Call>(*this, id, upstream, std::move(request), receiver);
  Call& started = *call;
  calls_.emplace(id, std::move(call));
  started.start();
  return Ticket(this, id);
}

std::unique_ptr<Proxy::Call> Proxy::finish(std::uint64_t id) {
  auto node = calls_.extract(id);
  PLAYGROUND_CHECK(!node.empty());
  return std::move(node.mapped());
}

std::vector<Proxy::BackendState> Proxy::state() const {
  std::vector<BackendState> states;
  for (const auto& upstream : upstreams_) {
    std::vector<std::string> addresses;
    for (const dns::Address& address : upstream->name.addresses()) {
      addresses.push_back(uv::address_text(address));
    }
    states.push_back({upstream->backend.name, upstream->backend.endpoint.text(),
                      std::move(addresses), upstream->requests, upstream->failures,
                      upstream->active, upstream->idle.size()});
  }
  return states;
}

Proxy::Ticket& Proxy::Ticket::operator=(Ticket&& other) noexcept {
  if (this != &other) {
    cancel();
    proxy_ = std::exchange(other.proxy_, nullptr);
    id_ = other.id_;
  }
  return *this;
}

void Proxy::Ticket::pause() {
  if (proxy_ == nullptr) return;
  if (auto call = proxy_->calls_.find(id_); call != proxy_->calls_.end()) call->second->pause();
}

void Proxy::Ticket::resume() {
  if (proxy_ == nullptr) return;
  if (auto call = proxy_->calls_.find(id_); call != proxy_->calls_.end()) call->second->resume();
}

void Proxy::Ticket::cancel() {
  if (Proxy* proxy = std::exchange(proxy_, nullptr)) proxy->calls_.erase(id_);
}

}  // namespace playground::upstream
