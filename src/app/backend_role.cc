#include "app/backend_role.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/api_error.h"
#include "app/listener_limits.h"
#include "app/log.h"
#include "app/observe_outcome.h"
#include "app/outcome_json.h"
#include "app/output_lines.h"
#include "app/refusal_reply.h"
#include "app/versions_json.h"
#include "http/accept.h"
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

constexpr std::string_view kEval = "/py/eval";
constexpr std::string_view kBatch = "/py/batch";

std::size_t batch_share(const Config& config) {
  return std::max<std::size_t>(1, config.max_running * config.batch_share / 100);
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
  Allowance allowance{config.timeout, config.memory_bytes, config.scratch_bytes,
                      config.scratch_bytes};
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
  options.zygote.flatten = config.flatten;
  options.zygote.keep_stdlib = config.keep_stdlib;
  options.scratch_directory = config.scratch_dir;
  options.workers = {config.pool_size, config.pool_max};
  options.max_running = config.max_running;
  options.batch_share = batch_share(config);
  options.queue_size = config.queue_size;
  options.queue_timeout = config.queue_timeout;
  options.limits.memory_bytes = config.memory_bytes;
  options.limits.cpu = config.cpu;
  options.limits.threads = config.threads;
  options.limits.scratch_bytes = config.scratch_bytes;
  options.limits.reply_bytes = config.files_bytes;
  options.output_bytes = config.output_bytes;
  options.limits.stream_bytes = config.stream_bytes;
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
  spare_memory_.emplace(loop, access_log_);
  auto server = http::Server::open(loop, config_.backend_listen, listener_limits(config_),
                                   *spare_memory_, std::move(security), port);
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
  routes_.add("POST", "/py/eval", [this](http::Request&& request, http::Responder responder) {
    evaluate(std::move(request), std::move(responder));
  });
  routes_.add("GET", "/py/versions", [this](http::Request&&, http::Responder responder) {
    show_versions(std::move(responder));
  });
  routes_.add("POST", "/py/batch", [this](http::Request&& request, http::Responder responder) {
    run_batch(std::move(request), std::move(responder));
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
  if (!caller) return answers_.send(responder, kEval, caller.error());
  if (!http::is_media_type(http::content_type_of(request), "application/json")) {
    return answers_.send(responder, kEval,
                         unsupported_media_type("Content-Type must be application/json"));
  }
  auto program = parse_evaluation(request.body, allowance_);
  if (!program) return answers_.send(responder, kEval, to_response(program.error()));
  program->caller = std::move(caller->key);
  if (http::asks_for(request.headers, kLinesType, "application/json")) {
    stream(std::move(*program), std::move(responder));
  } else {
    run(std::move(*program), std::move(responder));
  }
}

void BackendRole::run(exec::Program program, http::Responder responder) {
  auto run = runs_.insert(runs_.end(), Run{std::move(responder), {}});
  // A client that has gone needs no answer: dropping the ticket ends its program.
  run->responder.on_gone([this, run] { runs_.erase(run); });
  run->ticket = runner_->submit(std::move(program),
                                [this, run](exec::Runner::Answer answer, double queued_ms) {
                                  Run done = std::move(*run);
                                  runs_.erase(run);
                                  finish(std::move(done), std::move(answer), queued_ms);
                                });
}

void BackendRole::stream(exec::Program program, http::Responder responder) {
  auto place = streams_.insert(streams_.end(), nullptr);
  *place = std::make_unique<EvaluationStream>(answers_, metrics_, std::move(responder),
                                              [this, place] { streams_.erase(place); });
  (*place)->start(*runner_, std::move(program));
}

// Its programs count each for itself against the caller's rate.
void BackendRole::run_batch(http::Request request, http::Responder responder) {
  auto caller = admission_.let_in(request);
  if (!caller) return answers_.send(responder, kBatch, caller.error());
  auto form = batch_form(http::media_type(http::content_type_of(request)));
  if (!form) return answers_.send(responder, kBatch, unsupported_media_type(kBatchTypes));
  auto items = parse_batch(request.body, *form, allowance_, config_.batch_items);
  auto refused = admission_.over_limit(*caller, responder, items ? items->size() : 1);
  if (refused) return answers_.send(responder, kBatch, std::move(*refused));
  if (!items) return answers_.send(responder, kBatch, to_response(items.error()));
  auto place = batches_.insert(batches_.end(), nullptr);
  Batch::Work work{std::move(*items), std::move(caller->key), batch_share(config_)};
  *place = std::make_unique<Batch>(answers_, metrics_, std::move(work),
                                   [this, place] { batches_.erase(place); });
  (*place)->start(*runner_, std::move(responder));
}

void BackendRole::finish(Run run, exec::Runner::Answer answer, double queued_ms) {
  if (auto* exchange = run.responder.exchange()) {
    exchange->queue_ms = queued_ms;
    exchange->run = answer ? exec::to_string(answer->status) : exec::to_string(answer.error());
  }
  if (!answer) {
    answers_.send(run.responder, kEval, to_response(answer.error()));
    return;
  }
  observe_outcome(metrics_, *answer, queued_ms, to_ms(run.responder.age()));
  answers_.send(run.responder, kEval, http::Response::json(200, write_outcome(*answer)));
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
