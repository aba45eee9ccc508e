// AdminRole: /metrics, /debug/state and the switches of backends, for operators only, on a listener
// of their own.
#pragma once

#include <memory>

#include "app/access_log.h"
#include "app/common_routes.h"
#include "app/config.h"
#include "app/metrics.h"
#include "app/role.h"
#include "app/routes.h"
#include "app/tokens.h"
#include "app/upstream_report.h"
#include "http/server.h"

namespace playground::app {

class BackendRole;
class UiRole;

class AdminRole final : public Role {
 public:
  // Shows what `backend` and `ui` are at; either may be null. Both outlive it.
  // Errors: the address can't be listened on.
  static Result<std::unique_ptr<AdminRole>> open(uv::Loop& loop, const Config& config,
                                                 Metrics& metrics, const BackendRole* backend,
                                                 UiRole* ui);

  std::string_view name() const override { return "admin"; }
  Endpoint address() const override { return server_->address(); }
  std::size_t connections() const override { return server_->connections(); }
  void announce_close() override { server_->announce_close(); }
  void close_when_idle(std::function<void()> on_empty) override {
    server_->close_when_idle(std::move(on_empty));
  }

 private:
  AdminRole(const Config& config, Metrics& metrics, const BackendRole* backend, UiRole* ui);
  void add_switches();
  void add_switch(const std::string& backend, bool drained);
  std::optional<http::Response> refuse_change(const http::Request& request) const;
  void update_gauges();
  std::string state() const;

  Metrics& metrics_;
  Answers answers_;
  const BackendRole* backend_;
  UiRole* ui_;
  UpstreamMetrics upstream_metrics_;
  Tokens tokens_;
  bool beyond_loopback_;
  Routes routes_;
  AccessLog access_log_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace playground::app
