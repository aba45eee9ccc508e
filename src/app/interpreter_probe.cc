#include "app/interpreter_probe.h"

#include <optional>
#include <string>
#include <utility>

#include "app/backend_role.h"
#include "uv/loop.h"
#include "uv/timer.h"

namespace playground::app {
namespace {

constexpr milliseconds kPatience{120'000};
constexpr char kProgram[] =
    "import platform, sys\nprint(platform.python_implementation(), sys.version.split()[0])";

// What an interpreter does without, and the service runs.
struct Lack {
  std::string_view event;
  const char* of;
};
constexpr Lack kLacks[] = {{"preload_failed", "preload"},
                           {"preload_threads", "preload"},
                           {"stdlib_not_kept", "standard library"}};

// One run of one program in a pool of one, with what went wrong on the way.
class Trial {
 public:
  Trial(const Config& config, const Python& python)
      : options_(pool_options(config)),
        name_(config.pythons.size() == 1 ? "interpreter" : "interpreter " + python.name) {
    options_.pythons = {{python.name, python.file}};
    options_.workers = {1, 1};
    options_.max_running = 1;
    program_.code = kProgram;
    program_.timeout = config.timeout;
  }

  std::vector<Probe> run() {
    auto pool = exec::Pool::start(
        loop_, options_, [this](std::string_view, std::string_view event, std::string_view detail) {
          on_event(event, detail);
        });
    if (!pool) return {failed(pool.error().message)};
    auto ticket = (*pool)->submit(program_, [this](exec::Pool::Answer answer, double) {
      if (answer) outcome_ = std::move(*answer);
      done_ = true;
    });
    auto patience = uv::Timer::create(loop_, [this] {
      trouble_ = "no answer in " + std::to_string(kPatience.count() / 1000) + " s";
      done_ = true;
    });
    patience->start(kPatience);
    while (!done_) loop_.run_once();
    std::vector<Probe> probes{report()};
    probes.insert(probes.end(), notes_.begin(), notes_.end());
    return probes;
  }

 private:
  void on_event(std::string_view event, std::string_view detail) {
    if (event == "zygote_ready") return;
    for (const Lack& lack : kLacks) {
      if (event != lack.event) continue;
      notes_.push_back({name_ + ", " + lack.of, Probe::Verdict::doubtful, std::string(detail)});
      return;
    }
    if (!trouble_.empty()) trouble_ += "; ";
    trouble_ += std::string(event) + ": " + std::string(detail);
    // What it said before it ended is in `trouble_` already; another would end the same way.
    if (event == "zygote_ended") done_ = true;
  }

  Probe report() const {
    if (!outcome_) return failed(trouble_);
    if (outcome_->status != exec::Status::ok) return failed("the program failed: " + outcome_->err);
    char ms[32];
    std::snprintf(ms, sizeof(ms), " in %.1f ms", outcome_->duration_ms);
    std::string detail = outcome_->out.substr(0, outcome_->out.find('\n')) + " ran a program" + ms;
    if (!trouble_.empty()) detail += " (" + trouble_ + ")";
    return {name_, Probe::Verdict::passed, detail};
  }

  Probe failed(std::string why) const { return {name_, Probe::Verdict::failed, std::move(why)}; }

  uv::Loop loop_;
  exec::PoolOptions options_;
  std::string name_;
  std::vector<Probe> notes_;
  exec::Program program_;
  std::optional<exec::Outcome> outcome_;
  std::string trouble_;
  bool done_ = false;
};

}  // namespace

std::vector<Probe> probe_interpreter(const Config& config, const Python& python) {
  return Trial(config, python).run();
}

}  // namespace playground::app
