// UiRole: the page, and POST /python and /py/batch, which go to the backends in turn; on one loop.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/access_log.h"
#include "app/admission.h"
#include "app/api_error.h"
#include "app/asset_reply.h"
#include "app/common_routes.h"
#include "app/config.h"
#include "app/cors.h"
#include "app/form_program.h"
#include "app/metrics.h"
#include "app/relay.h"
#include "app/role.h"
#include "app/routes.h"
#include "app/spare_memory.h"
#include "app/upstream_log.h"
#include "base/recycled.h"
#include "http/server.h"
#include "upstream/health_checker.h"
#include "upstream/proxy.h"

namespace playground::app {

class UiRole final : public Role {
 public:
  // `backends` may be empty: then the page is served and every program answered with 502, and
  // `turns`, which the uis of all loops share, may be null. It and the admission outlive this.
  // Errors: the address can't be listened on.
  static Result<std::unique_ptr<UiRole>> open(uv::Loop& loop, const Config& config,
                                              std::vector<upstream::Backend> backends,
                                              upstream::SharedState* turns, Metrics& metrics,
                                              Admission& admission, http::Security security,
                                              uv::Listener::Port port);

  std::string_view name() const override { return "ui"; }
  Endpoint address() const override { return server_->address(); }
  std::size_t connections() const { return server_->connections(); }
  // Before further ones are opened on its address.
  Result<void> share_port() { return server_->share_port(); }
  void announce_close() override;
  void close_when_idle(std::function<void()> on_empty) override;
  void abandon() override;

  // nullopt without backends.
  std::optional<upstream::Proxy::Snapshot> upstreams() const;
  // The names of the backends.
  std::vector<std::string> backends() const;
  // Keeps further requests from a backend, or gives it its turns again.
  void set_drained(const std::string& backend, bool drained);

  std::optional<std::string> not_ready() const;

 private:
  UiRole(const Config& config, Metrics& metrics, Admission& admission);
  void add_routes();
  void add_assets();
  void run_api(http::Request request, http::Responder responder);
  void run_batch(http::Request request, http::Responder responder);
  void run_form(http::Request request, http::Responder responder);
  void ask_versions(const http::Request& request, http::Responder responder);
  // The page again, with what was sent and what came of it.
  Relay::Present show_in_page(FormFields fields) const;
  void forward(upstream::Proxy::Request request, Relay::Client client);
  void refuse(Relay::Client& client, http::Response response);

  Answers answers_;
  Routes routes_;
  Admission& admission_;
  CorsGate cors_;
  AccessLog access_log_;
  std::optional<SpareMemory> spare_memory_;
  FirstPage first_page_;
  bool draining_ = false;
  UpstreamLog upstream_log_;
  std::unique_ptr<upstream::Proxy> proxy_;  // none without backends
  std::unique_ptr<upstream::HealthChecker> checker_;
  RecycledList<std::unique_ptr<Relay>> relays_;  // requests that are with a backend
  std::unique_ptr<http::Server> server_;
};

}  // namespace playground::app
