// Server: the process while it serves: one loop, its roles, the signals, and the way out (drain.h).
#pragma once

#include <memory>
#include <vector>

#include "app/admission.h"
#include "app/backend_role.h"
#include "app/config.h"
#include "app/drain.h"
#include "app/metrics.h"
#include "app/role.h"
#include "app/tls_contexts.h"
#include "app/ui_role.h"
#include "base/result.h"
#include "uv/loop.h"
#include "uv/signal.h"
#include "uv/timer.h"

namespace playground::app {

class Server {
 public:
  struct Roles {
    bool backend = false;
    bool ui = false;
  };

  Server(const Config& config, Roles roles);
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
  Roles wanted_;
  TlsContexts tls_;
  uv::Loop loop_;
  Metrics metrics_;
  std::unique_ptr<Admission> backend_admission_;
  std::unique_ptr<Admission> ui_admission_;
  std::unique_ptr<BackendRole> backend_;
  std::unique_ptr<UiRole> ui_;
  std::unique_ptr<Role> admin_;
  // In the order in which they leave: who sends requests goes before who answers them.
  std::vector<Role*> roles_;
  std::vector<uv::Owned<uv::Signal>> signals_;
  uv::Owned<uv::Timer> timer_;
  DrainState state_ = DrainState::serving;
  bool forced_ = false;
};

}  // namespace playground::app
