// Listener: accepts connections on one address. It can be told to hold: then a connection stays
// with the kernel until resume(), which is how a server at its connection limit waits without
// spinning.
#pragma once

#include <functional>
#include <string>

#include "base/endpoint.h"
#include "base/result.h"
#include "uv/handle.h"
#include "uv/loop.h"
#include "uv/tcp.h"

namespace playground::uv {

class Listener final : public Handle {
 public:
  // Asked before each accept: false leaves the connection in the backlog until resume().
  using MayAccept = std::function<bool()>;
  using OnConnection = std::function<void(Owned<Tcp>)>;

  enum class Port {
    alone,   // a taken one is an error
    joined,  // one that a listener of the same user shares: the kernel spreads connections over all
  };

  // Binds and listens. Errors: the address is taken, not this machine's, or not permitted.
  static Result<Owned<Listener>> open(Loop& loop, const Endpoint& endpoint, MayAccept may_accept,
                                      OnConnection on_connection, Port port = Port::alone);

  // From now on others may join the port. It was opened alone, which has proved that nobody else
  // listens there.
  Result<void> share_port();

  // Accepts what was held back.
  void resume();

  // Accepts whatever waits in the backlog: before closing, which would reset these connections.
  void accept_waiting();

  // What it is bound to: the real port where the endpoint asked for port 0.
  Endpoint address() const;

 private:
  Listener(Loop& loop, MayAccept may_accept, OnConnection on_connection)
      : loop_(loop), may_accept_(std::move(may_accept)), on_connection_(std::move(on_connection)) {}
  ~Listener() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&tcp_); }
  void detach() override { detached_ = true; }
  int create_joined(int family);
  int listen();
  void accept();

  Loop& loop_;
  uv_tcp_t tcp_{};
  MayAccept may_accept_;
  OnConnection on_connection_;
  bool held_ = false;
  bool detached_ = false;
};

}  // namespace playground::uv
