// Server: the process while it serves: its loops, their roles, the signals, and the way out
// (drain.h). Signals, drain and the admin listener are on the first loop, that of the main thread.
#pragma once

#include <memory>
#include <vector>

#include "app/config.h"
#include "app/drain.h"
#include "app/fleet.h"
#include "app/role.h"
#include "app/tls_contexts.h"
#include "base/result.h"
#include "uv/loops.h"
#include "uv/signal.h"
#include "uv/timer.h"

namespace playground::app {

class Server {
 public:
  Server(const Config& config, Fleet::Roles roles);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Opens every listener. Errors: an address, the interpreter or a certificate can't be had.
  Result<void> start();

  // Serves until a signal has ended it. Returns the process's exit code: 0 after an orderly drain,
  // 1 when a second signal cut it short.
  int run();

 private:
  void listen_for_signals();
  void on_event(DrainEvent event);
  void enter(DrainState state);
  void announce();
  void close_in_turn(std::size_t index);
  void abandon();

  const Config config_;
  Fleet::Roles wanted_;
  TlsContexts tls_;
  uv::Loops loops_;
  std::unique_ptr<Fleet> fleet_;
  std::unique_ptr<Role> admin_;
  // In the order in which they leave: who sends requests goes before who answers them.
  std::vector<Role*> roles_;
  std::vector<uv::Owned<uv::Signal>> signals_;
  uv::Owned<uv::Timer> timer_;
  DrainState state_ = DrainState::serving;
  bool forced_ = false;
};

}  // namespace playground::app
