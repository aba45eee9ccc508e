// Proxy: sends each request to the next backend in strict rotation and hands back its reply.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "dns/resolver.h"
#include "upstream/connection.h"
#include "upstream/idle_pool.h"
#include "upstream/round_robin.h"

namespace playground::upstream {

struct Backend {
  std::string name;
  Endpoint endpoint;
};

class Proxy {
 public:
  // What goes to the backend: always a POST of JSON.
  struct Request {
    std::string path;
    std::string body;
  };
  struct Reply {
    std::string backend;  // the name of the one that answered, or failed last
    Result<http::Response, Failure> response;
  };
  // Comes exactly once unless the Ticket is dropped before.
  using OnReply = std::function<void(Reply)>;

  // The right to a reply. Dropping it closes the connection, which ends the program at the backend.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&& other) noexcept
        : proxy_(std::exchange(other.proxy_, nullptr)), id_(other.id_) {}
    Ticket& operator=(Ticket&& other) noexcept;
    ~Ticket() { cancel(); }

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

  // Never calls back before it returns. The Proxy outlives the Ticket.
  Ticket send(Request request, OnReply on_reply);

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

  void finish(std::uint64_t id, Reply reply);

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
