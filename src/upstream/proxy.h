// Proxy: sends each request to the next backend in strict rotation and hands back its reply as it
// comes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/endpoint.h"
#include "base/result.h"
#include "dns/resolver.h"
#include "tls/client.h"
#include "upstream/connection.h"
#include "upstream/idle_pool.h"
#include "upstream/round_robin.h"

namespace playground::upstream {

struct Backend {
  std::string name;
  Endpoint endpoint;
  std::shared_ptr<tls::Client> tls = nullptr;  // for https; its name is the one that is verified

  // What it is called in requests: a host and a port.
  std::string host() const {
    return tls ? Endpoint{tls->name(), endpoint.port}.text() : endpoint.text();
  }
};

class Proxy {
 public:
  // What goes to the backend: always a POST of JSON.
  struct Request {
    std::string path;
    std::string body;
    std::string accept;  // the caller's Accept; empty: none
  };
  struct Reply {
    std::string backend;  // the name of the one that answered, or failed last
    Result<ReplyStart, Failure> start;
  };

  // Whoever waits for a reply: on_reply() comes exactly once, unless the Ticket is dropped before.
  // Where the reply it brings is not whole, on_body() follows until `last`, or on_broken(). Each
  // call may end with the Ticket dropped, and nothing comes after that.
  class Receiver {
   public:
    virtual void on_reply(Reply reply) = 0;
    virtual void on_body(std::string bytes, bool last) = 0;
    // The rest of a reply that has begun will not come.
    virtual void on_broken(Failure failure) = 0;

   protected:
    ~Receiver() = default;
  };

  // The right to a reply. Dropping it closes the connection, which ends the program at the backend.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&& other) noexcept
        : proxy_(std::exchange(other.proxy_, nullptr)), id_(other.id_) {}
    Ticket& operator=(Ticket&& other) noexcept;
    ~Ticket() { cancel(); }

    // For a reply that comes faster than it can be passed on: on_body() rests until resume(), but
    // for what was read already.
    void pause();
    void resume();

   private:
    friend class Proxy;
    Ticket(Proxy* proxy, std::uint64_t id) : proxy_(proxy), id_(id) {}
    void cancel();
    Proxy* proxy_ = nullptr;
    std::uint64_t id_ = 0;
  };

  struct Names {
    dns::ResolverOptions resolver;
    // A backend's name could not be looked up; what is known of it stays.
    std::function<void(const std::string& backend, const Error& error)> on_failure;
  };

  // At least one backend.
  Proxy(uv::Loop& loop, std::vector<Backend> backends, const Connection::Options& options,
        Names names = {});
  ~Proxy();

  // Never calls back before it returns. The Proxy and the Receiver outlive the Ticket.
  Ticket send(Request request, Receiver& receiver);

  struct BackendState {
    std::string name;
    std::string address;                 // as it is configured
    std::vector<std::string> addresses;  // what it resolves to
    std::uint64_t requests = 0;          // chosen for so many
    std::uint64_t failures = 0;
    std::size_t active = 0;
    std::size_t idle = 0;
  };
  std::vector<BackendState> state() const;

 private:
  class Call;
  struct Upstream;

  // Takes a call out that has come to its end: the Receiver may send another request, or drop its
  // Ticket.
  std::unique_ptr<Call> finish(std::uint64_t id);

  uv::Loop& loop_;
  Connection::Options options_;
  Names names_;
  dns::Resolver resolver_;
  RoundRobin rotation_;
  std::vector<std::unique_ptr<Upstream>> upstreams_;
  std::map<std::uint64_t, std::unique_ptr<Call>> calls_;
  std::uint64_t next_id_ = 1;
};

}  // namespace playground::upstream
