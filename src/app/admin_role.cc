#include "app/admin_role.h"

#include "app/api_error.h"
#include "app/backend_role.h"
#include "app/listener_limits.h"
#include "app/ui_role.h"
#include "app/version.h"
#include "base/json_writer.h"

namespace playground::app {
namespace {

// An operator's tools keep few connections; the descriptors are for the service.
constexpr std::size_t kMaxConnections = 32;

void write_backend(JsonWriter& json, const BackendRole& backend) {
  exec::PoolStats stats = backend.stats();
  json.key("backend").begin_object();
  json.key("ready").boolean(!backend.not_ready());
  json.count("connections", backend.connections());
  json.key("pool").begin_object();
  json.count("ready", stats.ready);
  json.count("warming", stats.warming);
  json.count("running", stats.running);
  json.count("queued", stats.queued);
  json.count("callers_queued", stats.callers_queued);
  json.count("workers_lost", stats.workers_lost);
  json.count("programs_rerun", stats.programs_rerun);
  json.end_object();
  json.key("sandbox").begin_object().key("tier").string(
      protocol::name_of(stats.nursery.sandbox.tier));
  json.key("layers").begin_array();
  for (const auto& layer : stats.nursery.sandbox.layers) {
    json.begin_object().key("tier").string(layer.tier).key("layer").string(layer.name);
    json.key("state").string(layer.state).end_object();
  }
  json.end_array().end_object();
  json.key("zygote").begin_object();
  json.key("pid").integer(stats.nursery.zygote_pid);
  json.count("generation", stats.generation);
  json.count("starts", stats.nursery.zygote_starts);
  json.key("python").string(stats.nursery.python_version);
  json.key("preload_errors").string(stats.nursery.preload_errors);
  json.end_object();
  json.end_object();
}

void write_ui(JsonWriter& json, const UiRole& ui) {
  json.key("ui").begin_object();
  json.key("ready").boolean(!ui.not_ready());
  json.count("connections", ui.connections());
  if (auto seen = ui.upstreams()) {
    write_upstreams(json, *seen);
  } else {
    json.key("backends").begin_array().end_array();
  }
  json.end_object();
}

}  // namespace

Result<std::unique_ptr<AdminRole>> AdminRole::open(uv::Loop& loop, const Config& config,
                                                   Metrics& metrics, const BackendRole* backend,
                                                   UiRole* ui) {
  std::unique_ptr<AdminRole> role(new AdminRole(config, metrics, backend, ui));
  http::Limits limits = listener_limits(config);
  limits.max_connections = kMaxConnections;
  limits.max_body_bytes = 0;
  limits.length_required = false;  // as curl -X POST sends it
  auto server = http::Server::open(loop, config.admin_listen, limits, role->access_log_);
  if (!server) return Unexpected<Error>{server.error()};
  role->server_ = std::move(*server);
  return role;
}

AdminRole::AdminRole(const Config& config, Metrics& metrics, const BackendRole* backend, UiRole* ui)
    : metrics_(metrics),
      answers_(metrics, "admin"),
      backend_(backend),
      ui_(ui),
      upstream_metrics_(metrics.registry()),
      tokens_(config.admin_token),
      beyond_loopback_(!config.admin_listen.is_loopback()),
      access_log_(config.access_log, "admin", nullptr, routes_) {
  routes_.add("GET", "/metrics", [this](http::Request, http::Responder responder) {
    update_gauges();
    http::Response response;
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = metrics_.text();
    answers_.send(responder, "/metrics", std::move(response));
  });
  routes_.add("GET", "/debug/state", [this](http::Request, http::Responder responder) {
    answers_.send(responder, "/debug/state", http::Response::json(200, state()));
  });
  if (ui_ != nullptr) add_switches();
  add_common_routes(routes_, answers_, "admin", [] { return std::nullopt; });
}

void AdminRole::add_switches() {
  for (const std::string& backend : ui_->backends()) {
    add_switch(backend, true);
    add_switch(backend, false);
  }
}

void AdminRole::add_switch(const std::string& backend, bool drained) {
  std::string path = "/debug/backends/" + backend + (drained ? "/drain" : "/undrain");
  routes_.add("POST", path,
              [this, backend, drained, path](http::Request request, http::Responder responder) {
                if (auto refused = refuse_change(request)) {
                  answers_.send(responder, path, std::move(*refused));
                  return;
                }
                ui_->set_drained(backend, drained);
                JsonWriter json;
                json.begin_object().key("backend").string(backend);
                json.key("drained").boolean(drained).end_object();
                answers_.send(responder, path, http::Response::json(200, json.take()));
              });
}

// Whoever can reach the listener may look; changing something takes the token, and where there is
// none, being on this machine. A page of any site that is open in a browser there is on it too:
// browsers name it in Origin, operators' tools send none.
std::optional<http::Response> AdminRole::refuse_change(const http::Request& request) const {
  if (!tokens_.admit(request.headers)) return unauthorized();
  if (request.headers.get("Origin")) {
    return to_response({403, "forbidden", "nothing is changed for a page in a browser", ""});
  }
  if (tokens_.demanded() || !beyond_loopback_) return std::nullopt;
  return to_response(
      {403, "forbidden",
       "this listener is reached from beyond loopback: set PLAYGROUND_ADMIN_TOKEN to "
       "change something by it",
       ""});
}

void AdminRole::update_gauges() {
  if (backend_ != nullptr) {
    exec::PoolStats stats = backend_->stats();
    metrics_.set_pool(stats.ready, stats.warming, stats.running, stats.queued);
    metrics_.set_zygote_starts(stats.nursery.zygote_starts);
    metrics_.set_sandbox_tier(static_cast<int>(stats.nursery.sandbox.tier) - 1);
    metrics_.set_workers_lost(stats.workers_lost);
    metrics_.set_programs_rerun(stats.programs_rerun);
    metrics_.set_connections("backend", backend_->connections());
  }
  if (ui_ == nullptr) return;
  metrics_.set_connections("ui", ui_->connections());
  if (auto seen = ui_->upstreams()) upstream_metrics_.set(*seen);
}

std::string AdminRole::state() const {
  JsonWriter json;
  json.begin_object().key("version").string(kVersion);
  if (backend_ != nullptr) write_backend(json, *backend_);
  if (ui_ != nullptr) write_ui(json, *ui_);
  json.end_object();
  return json.take();
}

}  // namespace playground::app
