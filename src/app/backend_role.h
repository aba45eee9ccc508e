// BackendRole: POST /py/eval and /py/batch over a pool of interpreters, on one loop. With several
// loops the first one's has the pool, and each has a listener on the same port.
#pragma once

#include <list>
#include <memory>
#include <optional>

#include "app/access_log.h"
#include "app/admission.h"
#include "app/batch.h"
#include "app/common_routes.h"
#include "app/config.h"
#include "app/cors.h"
#include "app/evaluation_json.h"
#include "app/evaluation_stream.h"
#include "app/metrics.h"
#include "app/role.h"
#include "app/routes.h"
#include "app/spare_memory.h"
#include "app/tokens.h"
#include "base/recycled.h"
#include "exec/pool.h"
#include "exec/remote_pool.h"
#include "http/server.h"

namespace playground::app {

class BackendRole final : public Role {
 public:
  // The admission outlives it. Errors: the pool can't start, the address can't be listened on.
  static Result<std::unique_ptr<BackendRole>> open(uv::Loop& loop, const Config& config,
                                                   Metrics& metrics, Admission& admission,
                                                   http::Security security);

  // On a further loop, whose mailbox is given: at the address of the first, over its pool. Both
  // outlive it. Errors: the address can't be listened on.
  static Result<std::unique_ptr<BackendRole>> open_beside(uv::Loop& loop, const Config& config,
                                                          Metrics& metrics, Admission& admission,
                                                          http::Security security,
                                                          exec::PoolGate& gate,
                                                          uv::Mailbox& mailbox);

  std::string_view name() const override { return "backend"; }
  Endpoint address() const override { return server_->address(); }
  std::size_t connections() const { return server_->connections(); }
  // Before open_beside() for its address.
  Result<void> share_port() { return server_->share_port(); }
  void announce_close() override;
  void close_when_idle(std::function<void()> on_empty) override;
  // What is asked of the pool reaches it once, by the first loop's role.
  void abandon() override {
    if (pool_) pool_->abandon();
  }
  void renew() override {
    if (pool_) pool_->renew();
  }

  // On the first loop only.
  exec::Runner& pool() { return *pool_; }
  exec::PoolStats stats() const { return pool_->stats(); }
  // Why it would not accept work now; nullopt when it would.
  std::optional<std::string> not_ready() const;

 private:
  // A request whose program waits or runs.
  struct Run {
    http::Responder responder;
    exec::Runner::Ticket ticket;
  };

  BackendRole(const Config& config, Metrics& metrics, Admission& admission);
  Result<void> listen(uv::Loop& loop, http::Security security, uv::Listener::Port port);
  void show_versions(http::Responder responder);
  void evaluate(http::Request request, http::Responder responder);
  void run(exec::Program program, http::Responder responder);
  void stream(exec::Program program, http::Responder responder);
  void run_batch(http::Request request, http::Responder responder);
  void finish(Run run, exec::Runner::Answer answer, double queued_ms);

  const Config& config_;
  const Allowance allowance_;  // of each request
  Metrics& metrics_;
  Answers answers_;
  Routes routes_;
  Admission& admission_;
  TokenGate gate_;
  CorsGate cors_;
  AccessLog access_log_;
  std::optional<SpareMemory> spare_memory_;
  bool draining_ = false;
  std::unique_ptr<exec::Pool> pool_;          // on the first loop
  std::unique_ptr<exec::RemotePool> remote_;  // on the others
  exec::Runner* runner_ = nullptr;            // one of the two
  RecycledList<Run> runs_;
  std::list<std::unique_ptr<EvaluationStream>> streams_;
  std::list<std::unique_ptr<Batch>> batches_;
  std::unique_ptr<http::Server> server_;
};

// What the pool is to be, from the configuration.
exec::PoolOptions pool_options(const Config& config);

}  // namespace playground::app
