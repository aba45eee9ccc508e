#include "app/sandbox_probe.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/backend_role.h"
#include "app/python_values.h"
#include "base/text.h"
#include "exec/cgroup_probe.h"
#include "uv/loop.h"
#include "uv/timer.h"

namespace playground::app {
namespace {

constexpr milliseconds kPatience{60'000};

// A zygote from its start to its Hello.
class Trial final : private exec::Zygote::Owner {
 public:
  Result<ProbedSandbox> run(const Config& config, const Python& python) {
    exec::ZygoteOptions options = pool_options(config).zygote;
    options.python = python.file;
    options.preload.clear();
    options.scratch = config.scratch_dir;
    auto zygote = exec::Zygote::start(loop_, options, *this);
    if (!zygote) return Unexpected<Error>{zygote.error()};
    cgroup_layers_ = exec::probe_cgroups(config.sandbox_max);
    auto patience = uv::Timer::create(loop_, [this] { ended_ = true; });
    patience->start(kPatience);
    while (!probed_ && !ended_) loop_.run_once();
    int group = (*zygote)->pid();
    zygote->reset();
    uv::kill_and_reap_group(group);  // the first process of its pid namespace
    if (probed_) return *probed_;
    return unexpected(said_.empty() ? "the interpreter does not become ready" : said_);
  }

 private:
  void on_zygote_ready(exec::Zygote&, const protocol::Hello& hello, UniqueFd) override {
    probed_ = {exec::read_sandbox(hello, cgroup_layers_), hello.python_version};
  }
  void on_spawned(exec::Zygote&, std::uint64_t, exec::WorkerParts) override {}
  bool on_ready(exec::Zygote&, const protocol::Ready&) override { return true; }
  void on_spawn_failed(exec::Zygote&, std::uint64_t, int) override {}
  void on_zygote_line(exec::Zygote&, std::string_view line) override { said_ = line; }
  void on_zygote_ended(exec::Zygote&, const uv::Exit&) override { ended_ = true; }

  uv::Loop loop_;
  std::vector<exec::SandboxLayer> cgroup_layers_;
  std::optional<ProbedSandbox> probed_;
  std::string said_;
  bool ended_ = false;
};

SandboxTable sandbox_table(const Config& config, const Result<ProbedSandbox>& probed) {
  SandboxTable table;
  if (!probed) {
    table.shortfall = probed.error().message;
    return table;
  }
  const exec::Sandbox& sandbox = probed->sandbox;
  table.tier = protocol::name_of(sandbox.tier);
  for (const exec::SandboxLayer& layer : sandbox.layers) {
    table.rows.push_back({layer.tier, layer.name, layer.state});
  }
  table.layout = sandbox.layout;
  table.shortfall = exec::shortfall(sandbox, config.sandbox);
  return table;
}

}  // namespace

Result<ProbedSandbox> probe_sandbox(const Config& config, const Python& python) {
  return Trial().run(config, python);
}

SandboxTable probe_sandboxes(Config& config) {
  SandboxTable first;
  for (Python& python : config.pythons) {
    auto probed = probe_sandbox(config, python);
    SandboxTable table = sandbox_table(config, probed);
    if (!table.shortfall.empty()) {
      if (!python.name.empty()) table.shortfall.insert(0, python.name + ": ");
      return table;
    }
    if (python.name.empty()) python.name = values::name_of_version(probed->python_version);
    if (first.tier.empty()) first = std::move(table);
  }
  return first;
}

}  // namespace playground::app
