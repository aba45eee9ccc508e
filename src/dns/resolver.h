// Resolver: finds the addresses of names, on the loop. One for each loop; it outlives its Lookups.
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "base/endpoint.h"
#include "base/result.h"
#include "dns/address.h"
#include "dns/channel.h"
#include "uv/async.h"
#include "uv/loop.h"

namespace playground::dns {

struct Answer {
  Addresses addresses;          // at least one, the best first (RFC 6724, 6)
  std::chrono::seconds ttl{0};  // the least of all records on the way; 0 from the hosts file
};

struct ResolverOptions {
  // Name servers to ask, as "10.0.0.10,127.0.0.1:8600,[::1]:53"; empty: those of the file.
  std::string servers;
  std::string resolv_conf = "/etc/resolv.conf";
};

// One look-up. Dropping it cancels: the callback does not come any more. The callback may drop it.
class Lookup {
 public:
  using Callback = std::function<void(Result<Answer>)>;

  ~Lookup();
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

 private:
  friend class Resolver;
  struct Request;
  explicit Lookup(Request* request) : request_(request) {}

  // c-ares can't cancel a single question: the request stays until its answer comes.
  Request* request_;
};

class Resolver {
 public:
  Resolver(uv::Loop& loop, ResolverOptions options);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Never calls back before it returns. Errors: no such name, no address, no name server that
  // answers within seconds, or options that can't be read.
  std::unique_ptr<Lookup> look_up(const Endpoint& endpoint, Lookup::Callback on_done);

 private:
  friend class Lookup;
  Result<void> prepare();
  void finish(std::unique_ptr<Lookup::Request> request);
  void deliver();

  uv::Loop& loop_;
  ResolverOptions options_;
  struct stat read_ {};   // the file as it was when the channel read it
  std::size_t open_ = 0;  // questions that c-ares has not answered yet
  std::deque<std::unique_ptr<Lookup::Request>> finished_;
  uv::Owned<uv::Async> delivery_;
  std::unique_ptr<Channel> channel_;
};

}  // namespace playground::dns
