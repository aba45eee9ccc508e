// playground: the recipe. Configuration → role → run → exit code.
//
//   0  served and drained, or `check` found everything in order
//   1  a second signal ended it before everything was answered
//   2  it can't start: one line on stderr says why
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "app/budget.h"
#include "app/check.h"
#include "app/command_line.h"
#include "app/interpreter_probe.h"
#include "app/log.h"
#include "app/sandbox_probe.h"
#include "app/server.h"
#include "app/spare_memory.h"

namespace playground::app {
namespace {

constexpr int kCantStart = 2;

// Descriptors 0 to 2 must be taken: else a socket would get one of them and a library's message
// would go to a client.
void open_standard_descriptors() {
  int fd = 0;
  do {
    fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  ::close(fd);
}

int cant_start(const std::string& why) {
  std::fprintf(stderr, "playground: %s\n", why.c_str());
  return kCantStart;
}

int run_check(const Command& command, const std::vector<BudgetLine>& budget) {
  SandboxTable sandbox;
  std::vector<Probe> probes;
  if ((command.roles & kBackend) != 0) {
    Config config = command.config;
    sandbox = probe_sandboxes(config);
    for (const Python& python : config.pythons) {
      for (Probe& probe : probe_interpreter(config, python)) probes.push_back(std::move(probe));
    }
  }
  CheckReport report = check(command, budget, probes, sandbox);
  std::fputs(report.text.c_str(), stdout);
  return report.exit_code;
}

int serve(const Command& command, const std::vector<BudgetLine>& budget) {
  for (const std::string& line : exceeded(budget)) return cant_start(line);
  log::configure(command.config.log_level, command.config.log_format);
  for (const std::string& warning : command.warnings)
    log::warning("configuration", {{"detail", warning}});
  for (const BudgetLine& line : budget) {
    if (line.verdict == BudgetLine::Verdict::doubtful)
      log::warning("budget", {{"detail", line.detail}});
  }

  bool backend = (command.roles & kBackend) != 0;
  Config config = command.config;
  if (backend) {
    SandboxTable sandbox = probe_sandboxes(config);
    if (!sandbox.shortfall.empty()) return cant_start(sandbox.shortfall);
  }
  Server server(config, {.backend = backend, .ui = (command.roles & kUi) != 0});
  if (auto started = server.start(); !started) return cant_start(started.error().message);
  return server.run();
}

// Nobody of the same user, a program that broke out of its sandbox included, can read this
// process's memory.
void hide_memory() {
  ::prctl(PR_SET_DUMPABLE, 0);
}

int run(int argc, const char* const* argv) {
  auto command = parse_command_line(argc, argv);
  if (!command) {
    std::fputs(command.error().text.c_str(), command.error().code == 0 ? stdout : stderr);
    return command.error().code;
  }
  if (auto raised = raise_open_files(); !raised) return cant_start(raised.error().message);
  auto budget =
      make_budget(command->config, command->roles, read_limits(command->config.scratch_dir));
  return command->role == Command::Role::check ? run_check(*command, budget)
                                               : serve(*command, budget);
}

}  // namespace
}  // namespace playground::app

int main(int argc, char** argv) {
  playground::app::keep_spare_memory();
  playground::app::open_standard_descriptors();
  playground::app::hide_memory();
  return playground::app::run(argc, argv);
}
