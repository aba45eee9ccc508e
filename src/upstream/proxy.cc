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
  Call(Proxy& proxy, std::uint64_t id, Upstream& upstream, Request request, OnReply on_reply)
      : proxy_(proxy),
        id_(id),
        upstream_(upstream),
        request_(std::move(request)),
        on_reply_(std::move(on_reply)) {
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

  OnReply take_callback() { return std::move(on_reply_); }

 private:
  void connect() {
    reused_ = false;
    Connection::Owner& self = *this;
    connection_ = std::make_unique<Connection>(proxy_.loop_, upstream_.name, proxy_.options_, self);
  }

  void send() {
    std::string head = "POST " + request_.path +
                       " HTTP/1.1\r\nHost: " + upstream_.backend.endpoint.text() +
                       "\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(request_.body.size()) + "\r\n\r\n";
    // Kept as long as it may have to be sent again.
    connection_->send(std::move(head), reused_ ? request_.body : std::move(request_.body));
  }

  void on_connected(Connection&) override { send(); }

  void on_response(Connection&, http::Response response) override {
    upstream_.idle.put(std::move(connection_));
    proxy_.finish(id_, Reply{upstream_.backend.name, std::move(response)});
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
    proxy_.finish(id_, Reply{upstream_.backend.name, Unexpected<Failure>{std::move(failure)}});
  }

  Proxy& proxy_;
  std::uint64_t id_;
  Upstream& upstream_;
  Request request_;
  OnReply on_reply_;
  std::unique_ptr<Connection> connection_;
  bool reused_ = false;
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

Proxy::Ticket Proxy::send(Request request, OnReply on_reply) {
  std::uint64_t id = next_id_++;
  Upstream& upstream = *upstreams_[rotation_.get()];
  auto call = std::make_unique<Call>(*this, id, upstream, std::move(request), std::move(on_reply));
  Call& started = *call;
  calls_.emplace(id, std::move(call));
  started.start();
  return Ticket(this, id);
}

// The call is taken out first: the callback may send another request, or drop its Ticket.
void Proxy::finish(std::uint64_t id, Reply reply) {
  auto node = calls_.extract(id);
  PLAYGROUND_CHECK(!node.empty());
  OnReply on_reply = node.mapped()->take_callback();
  on_reply(std::move(reply));
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

void Proxy::Ticket::cancel() {
  if (Proxy* proxy = std::exchange(proxy_, nullptr)) proxy->calls_.erase(id_);
}

}  // namespace playground::upstream
