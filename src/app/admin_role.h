// AdminRole: /metrics, /debug/state and the switches of backends, for operators only, on a listener
// of their own.
#pragma once

#include <memory>

#include "app/access_log.h"
#include "app/common_routes.h"
#include "app/config.h"
#include "app/fleet.h"
#include "app/role.h"
#include "app/routes.h"
#include "app/tokens.h"
#include "app/upstream_report.h"
#include "http/server.h"

namespace playground::app {

class AdminRole final : public Role {
 public:
  // Shows what `fleet`, which outlives it, is at. Errors: the address can't be listened on.
  static Result<std::unique_ptr<AdminRole>> open(uv::Loop& loop, const Config& config,
                                                 Fleet& fleet);

  std::string_view name() const override { return "admin"; }
  Endpoint address() const override { return server_->address(); }
  void announce_close() override { server_->announce_close(); }
  void close_when_idle(std::function<void()> on_empty) override {
    server_->close_when_idle(std::move(on_empty));
  }

 private:
  AdminRole(const Config& config, Fleet& fleet);
  void add_switches();
  void add_switch(const std::string& backend, bool drained);
  void show(http::Responder responder, std::string_view route,
            std::function<http::Response(const Fleet::Report& seen)> make);
  std::optional<http::Response> refuse_change(const http::Request& request) const;
  http::Response metrics(const Fleet::Report& seen);
  http::Response state(const Fleet::Report& seen) const;

  Fleet& fleet_;
  Answers answers_;
  UpstreamMetrics upstream_metrics_;
  Tokens tokens_;
  bool beyond_loopback_;
  Routes routes_;
  AccessLog access_log_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace playground::app
