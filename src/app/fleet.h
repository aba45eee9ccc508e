// Fleet: the ui and the backend on every loop of the process, with what the loops share, and what
// is asked of all of them. Everything here is called by the first loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/admission.h"
#include "app/backend_role.h"
#include "app/config.h"
#include "app/metrics.h"
#include "app/spread_role.h"
#include "app/tls_contexts.h"
#include "app/ui_role.h"
#include "base/result.h"
#include "exec/remote_pool.h"
#include "upstream/shared_state.h"
#include "uv/loops.h"

namespace playground::app {

class Fleet {
 public:
  struct Roles {
    bool backend = false;
    bool ui = false;
  };

  // Opens the listeners; the loops' threads are to be started behind it. Loops, configuration and
  // contexts outlive it. Errors: an address or the interpreter can't be had.
  static Result<std::unique_ptr<Fleet>> open(uv::Loops& loops, const Config& config,
                                             const TlsContexts& tls, Roles wanted);
  // The loops' threads have ended by then.
  ~Fleet();

  // Null for a role that is not played.
  Role* ui() const { return ui_.get(); }
  Role* backend() const { return backend_.get(); }

  // The backend on the loop of the pool; null without one.
  const BackendRole* pool_side() const { return seats_.front()->backend.get(); }

  // All loops together.
  struct Report {
    std::size_t loops = 0;
    std::size_t backend_connections = 0;
    std::size_t ui_connections = 0;
    bool ui_ready = true;
    std::optional<upstream::Proxy::Snapshot> upstreams;  // none without backends to send to
  };
  // With one loop `done` is called before this returns.
  void report(std::function<void(const Report&)> done);

  // The names of the ui's backends.
  std::vector<std::string> upstream_names() const;
  // Keeps further requests from a backend, or gives it its turns again: on every loop once `done`
  // comes.
  void set_drained(const std::string& backend, bool drained, std::function<void()> done);

  // Of the first loop: gauges are set here.
  Metrics& metrics() { return seats_.front()->metrics; }
  std::string metrics_text();

 private:
  // What one loop has for itself.
  struct Seat {
    Config config;
    Metrics metrics;
    std::unique_ptr<BackendRole> backend;
    std::unique_ptr<UiRole> ui;

    Report report() const;
  };

  Fleet(uv::Loops& loops, const Config& config);
  Result<void> open_backends(const TlsContexts& tls);
  Result<void> open_uis(const TlsContexts& tls, const Config& config);
  static Report sum_of(const std::vector<Report>& parts);

  uv::Loops& loops_;
  std::unique_ptr<Admission> backend_admission_;
  std::unique_ptr<Admission> ui_admission_;
  std::vector<std::unique_ptr<Seat>> seats_;
  std::unique_ptr<exec::PoolGate> gate_;  // of the first seat's pool, for the others
  std::unique_ptr<upstream::SharedState> turns_;
  std::unique_ptr<SpreadRole> backend_;
  std::unique_ptr<SpreadRole> ui_;
};

}  // namespace playground::app
