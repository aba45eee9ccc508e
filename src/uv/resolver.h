// Resolver: turns a host name into addresses, off the loop.
#pragma once

#include <sys/socket.h>

#include <functional>
#include <memory>
#include <vector>

#include "base/endpoint.h"
#include "base/result.h"
#include "uv/loop.h"

namespace playground::uv {

using Addresses = std::vector<sockaddr_storage>;

// One look-up. Dropping it cancels: the callback does not come any more. The callback may drop it.
class Lookup {
 public:
  using Callback = std::function<void(Result<Addresses>)>;

  // Never calls back before it returns.
  static std::unique_ptr<Lookup> start(Loop& loop, const Endpoint& endpoint, Callback on_done);
  ~Lookup();
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

 private:
  struct Request;
  explicit Lookup(Request* request) : request_(request) {}

  // Belongs to libuv until its callback has run; the callback frees it.
  Request* request_;
};

}  // namespace playground::uv
