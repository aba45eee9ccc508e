#include "app/backend_role.h"

#include <unistd.h>

#include <filesystem>
#include <utility>

#include "app/api_error.h"
#include "app/listener_limits.h"
#include "app/log.h"
#include "app/outcome_json.h"
#include "app/versions_json.h"
#include "http/form.h"

namespace playground::app {
namespace {

// What a program may hold open at once. It starts with three; libraries and data files need some
// dozens.
constexpr std::uint64_t kProgramOpenFiles = 256;

constexpr std::string_view kModuleFile = "playground_pool.abi3.so";

// The pool's module lies beside the binary in a build, in ../lib/playground/ when installed.
std::string find_module() {
  std::error_code error;
  auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const auto& candidate :
       {folder / kModuleFile, folder.parent_path() / "lib/playground" / kModuleFile}) {
    if (std::filesystem::exists(candidate, error)) return candidate;
  }
  return folder / kModuleFile;
}

http::Response refused(exec::Refusal refusal) {
  switch (refusal) {
    case exec::Refusal::queue_full:
      return not_started("queue_full", "too many programs are waiting; try again", 1);
    case exec::Refusal::queue_timeout:
      return not_started("queue_timeout", "no interpreter became free in time; try again", 1);
    case exec::Refusal::no_worker:
      return not_started("no_worker", "no interpreter could be started; try again", 1);
    case exec::Refusal::draining:
      break;
  }
  // It may have run: nobody should take it for untouched.
  auto response = to_response({503, "draining", "the server is shutting down", ""});
  response.headers.add("Retry-After", "1");
  return response;
}

void log_event(std::string_view python, std::string_view event, std::string_view detail) {
  bool routine = event == "zygote_ready";
  if (routine) {
    log::info(event, {{"python", python}, {"detail", detail}});
  } else {
    log::warning(event, {{"python", python}, {"detail", detail}});
  }
}

Allowance allowance_of(const Config& config) {
  Allowance allowance{config.timeout, config.memory_bytes, config.scratch_bytes};
  for (const Python& python : config.pythons) allowance.interpreters.push_back(python.name);
  return allowance;
}

}  // namespace

exec::PoolOptions pool_options(const Config& config) {
  exec::PoolOptions options;
  for (const Python& python : config.pythons) options.pythons.push_back({python.name, python.file});
  options.zygote.module = find_module();
  options.zygote.preload = config.preload;
  options.zygote.file_bytes = config.scratch_bytes;
  options.zygote.open_files = kProgramOpenFiles;
  options.zygote.uid = ::geteuid() == 0 ? config.sandbox_uid : 0;
  options.zygote.sandbox = config.sandbox;
  options.zygote.sandbox_max = config.sandbox_max;
  options.zygote.landlock_abi_max = config.landlock_abi_max;
  options.scratch_directory = config.scratch_dir;
  options.size = config.pool_size;
  options.max_running = config.max_running;
  options.queue_size = config.queue_size;
  options.queue_timeout = config.queue_timeout;
  options.limits.memory_bytes = config.memory_bytes;
  options.limits.cpu = config.cpu;
  options.limits.threads = config.threads;
  options.limits.scratch_bytes = config.scratch_bytes;
  options.output_bytes = config.output_bytes;
  return options;
}

Result<std::unique_ptr<BackendRole>> BackendRole::open(uv::Loop& loop, const Config& config,
                                                       Metrics& metrics, Admission& admission,
                                                       http::Security security) {
  std::unique_ptr<BackendRole> role(new BackendRole(config, metrics, admission));
  auto pool = exec::Pool::start(loop, pool_options(config), log_event);
  if (!pool) return Unexpected<Error>{pool.error()};
  role->pool_ = std::move(*pool);
  role->runner_ = role->pool_.get();
  auto opened = role->listen(loop, std::move(security), uv::Listener::Port::alone);
  if (!opened) return Unexpected<Error>{opened.error()};
  return role;
}

Result<std::unique_ptr<BackendRole>> BackendRole::open_beside(
    uv::Loop& loop, const Config& config, Metrics& metrics, Admission& admission,
    http::Security security, exec::PoolGate& gate, uv::Mailbox& mailbox) {
  std::unique_ptr<BackendRole> role(new BackendRole(config, metrics, admission));
  role->remote_ = std::make_unique<exec::RemotePool>(gate, mailbox);
  role->runner_ = role->remote_.get();
  auto opened = role->listen(loop, std::move(security), uv::Listener::Port::joined);
  if (!opened) return Unexpected<Error>{opened.error()};
  return role;
}

Result<void> BackendRole::listen(uv::Loop& loop, http::Security security, uv::Listener::Port port) {
  auto server = http::Server::open(loop, config_.backend_listen, listener_limits(config_),
                                   access_log_, std::move(security), port);
  if (!server) return Unexpected<Error>{server.error()};
  server_ = std::move(*server);
  return {};
}

BackendRole::BackendRole(const Config& config, Metrics& metrics, Admission& admission)
    : config_(config),
      allowance_(allowance_of(config)),
      metrics_(metrics),
      answers_(metrics, "backend"),
      admission_(admission),
      gate_(admission.tokens(), routes_, answers_),
      cors_(config.cors_origins, gate_, routes_, answers_),
      access_log_(config.access_log, "backend", &admission.callers(), cors_) {
  routes_.add("POST", "/py/eval", [this](http::Request request, http::Responder responder) {
    evaluate(std::move(request), std::move(responder));
  });
  routes_.add("GET", "/py/versions", [this](http::Request, http::Responder responder) {
    show_versions(std::move(responder));
  });
  add_common_routes(routes_, answers_, "backend", [this] { return not_ready(); });
}

// A Responder can only be moved, a callback is copied.
void BackendRole::show_versions(http::Responder responder) {
  auto waiting = std::make_shared<http::Responder>(std::move(responder));
  runner_->describe([this, waiting](std::vector<exec::InterpreterInfo> interpreters) {
    answers_.send(*waiting, "/py/versions",
                  http::Response::json(200, write_versions(interpreters)));
  });
}

void BackendRole::evaluate(http::Request request, http::Responder responder) {
  auto caller = admission_.admit(request, responder);
  if (!caller) return answers_.send(responder, "/py/eval", caller.error());
  if (http::media_type(request.headers.get("Content-Type").value_or("")) != "application/json") {
    answers_.send(
        responder, "/py/eval",
        to_response({415, "unsupported_media_type", "Content-Type must be application/json", ""}));
    return;
  }
  auto program = parse_evaluation(request.body, allowance_);
  if (!program) {
    answers_.send(responder, "/py/eval", to_response(program.error()));
    return;
  }
  program->caller = std::move(caller->key);
  auto run = runs_.insert(runs_.end(), Run{std::move(responder), {}});
  // A client that has gone needs no answer: dropping the ticket ends its program.
  run->responder.on_gone([this, run] { runs_.erase(run); });
  run->ticket = runner_->submit(std::move(*program),
                                [this, run](exec::Runner::Answer answer, double queued_ms) {
                                  Run done = std::move(*run);
                                  runs_.erase(run);
                                  finish(std::move(done), std::move(answer), queued_ms);
                                });
}

void BackendRole::finish(Run run, exec::Runner::Answer answer, double queued_ms) {
  if (auto* exchange = run.responder.exchange()) {
    exchange->queue_ms = queued_ms;
    exchange->run = answer ? exec::to_string(answer->status) : exec::to_string(answer.error());
  }
  if (!answer) {
    answers_.send(run.responder, "/py/eval", refused(answer.error()));
    return;
  }
  metrics_.observe_evaluation(exec::to_string(answer->status),
                              {queued_ms / 1000, answer->start_ms / 1000,
                               answer->duration_ms / 1000, to_ms(run.responder.age()) / 1000});
  answers_.send(run.responder, "/py/eval", http::Response::json(200, write_outcome(*answer)));
}

std::optional<std::string> BackendRole::not_ready() const {
  if (draining_) return "draining";
  if (!runner_->warm()) return "the pool is not warm yet";
  return std::nullopt;
}

void BackendRole::announce_close() {
  draining_ = true;
  server_->announce_close();
}

void BackendRole::close_when_idle(std::function<void()> on_empty) {
  draining_ = true;
  server_->close_when_idle(std::move(on_empty));
}

}  // namespace playground::app
