#include "app/admin_role.h"

#include <algorithm>

#include "app/api_error.h"
#include "app/listener_limits.h"
#include "app/version.h"
#include "base/json_writer.h"

namespace playground::app {
namespace {

// An operator's tools keep few connections; the descriptors are for the service.
constexpr std::size_t kMaxConnections = 32;

void write_sandbox(JsonWriter& json, const exec::Sandbox& sandbox) {
  json.key("sandbox").begin_object().key("tier").string(protocol::name_of(sandbox.tier));
  json.key("layers").begin_array();
  for (const auto& layer : sandbox.layers) {
    json.begin_object().key("tier").string(layer.tier).key("layer").string(layer.name);
    json.key("state").string(layer.state).end_object();
  }
  json.end_array().end_object();
}

void write_zygote(JsonWriter& json, const exec::InterpreterStats& interpreter) {
  json.key("zygote").begin_object();
  json.key("pid").integer(interpreter.nursery.zygote_pid);
  json.count("generation", interpreter.generation);
  json.count("starts", interpreter.nursery.zygote_starts);
  json.key("python").string(interpreter.nursery.info.version);
  json.key("memory").string(interpreter.nursery.sandbox.layout);
  json.key("preload_errors").string(interpreter.nursery.preload_errors);
  json.count("kept_modules", interpreter.nursery.kept_modules);
  json.end_object();
}

// Of an interpreter, or of all.
template <class Stats>
void write_workers(JsonWriter& json, const Stats& stats) {
  json.count("ready", stats.ready);
  json.count("warming", stats.warming);
  json.count("running", stats.running);
  json.count("queued", stats.queued);
}

template <class Stats>
void write_losses(JsonWriter& json, const Stats& stats) {
  json.count("workers_lost", stats.workers_lost);
  json.count("workers_given_back", stats.workers_given_back);
}

void write_interpreter(JsonWriter& json, const exec::InterpreterStats& interpreter) {
  json.begin_object().key("name").string(interpreter.name);
  json.key("python").string(interpreter.python);
  write_workers(json, interpreter);
  write_losses(json, interpreter);
  write_sandbox(json, interpreter.nursery.sandbox);
  write_zygote(json, interpreter);
  json.end_object();
}

// What stands beside the list of interpreters is their sum, or the default's.
void write_backend(JsonWriter& json, const BackendRole& backend, std::size_t connections) {
  exec::PoolStats stats = backend.stats();
  json.key("backend").begin_object();
  json.key("ready").boolean(!backend.not_ready());
  json.count("connections", connections);
  json.key("pool").begin_object();
  write_workers(json, stats);
  json.count("callers_queued", stats.callers_queued);
  json.count("batch_running", stats.batch_running);
  json.count("batch_queued", stats.batch_queued);
  write_losses(json, stats);
  json.count("programs_rerun", stats.programs_rerun);
  json.end_object();
  write_sandbox(json, stats.interpreters.front().nursery.sandbox);
  write_zygote(json, stats.interpreters.front());
  json.key("interpreters").begin_array();
  for (const auto& interpreter : stats.interpreters) write_interpreter(json, interpreter);
  json.end_array().end_object();
}

void set_pool(Metrics& gauges, const exec::PoolStats& stats) {
  gauges.set_pool(stats.ready, stats.warming, stats.running, stats.queued);
  gauges.set_zygote_starts(stats.zygote_starts, stats.interpreters.size());
  gauges.set_workers_lost(stats.workers_lost);
  gauges.set_workers_given_back(stats.workers_given_back);
  gauges.set_programs_rerun(stats.programs_rerun);
  auto tier = protocol::Tier::t2;
  for (const auto& interpreter : stats.interpreters) {
    tier = std::min(tier, interpreter.nursery.sandbox.tier);
    gauges.set_interpreter(interpreter.name, {interpreter.ready, interpreter.running,
                                              interpreter.queued, interpreter.up});
  }
  gauges.set_sandbox_tier(static_cast<int>(tier) - 1);
}

void write_ui(JsonWriter& json, const Fleet::Report& seen) {
  json.key("ui").begin_object();
  json.key("ready").boolean(seen.ui_ready);
  json.count("connections", seen.ui_connections);
  if (seen.upstreams) {
    write_upstreams(json, *seen.upstreams);
  } else {
    json.key("backends").begin_array().end_array();
  }
  json.end_object();
}

}  // namespace

Result<std::unique_ptr<AdminRole>> AdminRole::open(uv::Loop& loop, const Config& config,
                                                   Fleet& fleet) {
  std::unique_ptr<AdminRole> role(new AdminRole(config, fleet));
  http::Limits limits = listener_limits(config);
  limits.max_connections = kMaxConnections;
  limits.max_body_bytes = 0;
  limits.length_required = false;  // as curl -X POST sends it
  auto server = http::Server::open(loop, config.admin_listen, limits, role->access_log_);
  if (!server) return Unexpected<Error>{server.error()};
  role->server_ = std::move(*server);
  return role;
}

AdminRole::AdminRole(const Config& config, Fleet& fleet)
    : fleet_(fleet),
      answers_(fleet.metrics(), "admin"),
      upstream_metrics_(fleet.metrics().registry()),
      tokens_(config.admin_token),
      beyond_loopback_(!config.admin_listen.is_loopback()),
      access_log_(config.access_log, "admin", nullptr, routes_) {
  routes_.add("GET", "/metrics", [this](http::Request&&, http::Responder responder) {
    show(std::move(responder), "/metrics",
         [this](const Fleet::Report& seen) { return metrics(seen); });
  });
  routes_.add("GET", "/debug/state", [this](http::Request&&, http::Responder responder) {
    show(std::move(responder), "/debug/state",
         [this](const Fleet::Report& seen) { return state(seen); });
  });
  add_switches();
  add_common_routes(routes_, answers_, "admin", [] { return std::nullopt; });
}

// Answers once all loops have reported. A Responder can only be moved, a callback is copied.
void AdminRole::show(http::Responder responder, std::string_view route,
                     std::function<http::Response(const Fleet::Report& seen)> make) {
  auto waiting = std::make_shared<http::Responder>(std::move(responder));
  fleet_.report([this, waiting, route, make = std::move(make)](const Fleet::Report& seen) {
    answers_.send(*waiting, route, make(seen));
  });
}

void AdminRole::add_switches() {
  for (const std::string& backend : fleet_.upstream_names()) {
    add_switch(backend, true);
    add_switch(backend, false);
  }
}

void AdminRole::add_switch(const std::string& backend, bool drained) {
  std::string path = "/debug/backends/" + backend + (drained ? "/drain" : "/undrain");
  routes_.add("POST", path,
              [this, backend, drained, path](http::Request&& request, http::Responder responder) {
                if (auto refused = refuse_change(request)) {
                  answers_.send(responder, path, std::move(*refused));
                  return;
                }
                auto waiting = std::make_shared<http::Responder>(std::move(responder));
                fleet_.set_drained(backend, drained, [this, backend, drained, path, waiting] {
                  JsonWriter json;
                  json.begin_object().key("backend").string(backend);
                  json.key("drained").boolean(drained).end_object();
                  answers_.send(*waiting, path, http::Response::json(200, json.take()));
                });
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

http::Response AdminRole::metrics(const Fleet::Report& seen) {
  Metrics& gauges = fleet_.metrics();
  gauges.set_loops(seen.loops);
  if (const BackendRole* backend = fleet_.pool_side()) {
    set_pool(gauges, backend->stats());
    gauges.set_connections("backend", seen.backend_connections);
  }
  if (fleet_.ui() != nullptr) gauges.set_connections("ui", seen.ui_connections);
  if (seen.upstreams) upstream_metrics_.set(*seen.upstreams);
  http::Response response;
  response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = fleet_.metrics_text();
  return response;
}

http::Response AdminRole::state(const Fleet::Report& seen) const {
  JsonWriter json;
  json.begin_object().key("version").string(kVersion);
  json.key("loops").integer(static_cast<std::int64_t>(seen.loops));
  if (const BackendRole* backend = fleet_.pool_side()) {
    write_backend(json, *backend, seen.backend_connections);
  }
  if (fleet_.ui() != nullptr) write_ui(json, seen);
  json.end_object();
  return http::Response::json(200, json.take());
}

}  // namespace playground::app
