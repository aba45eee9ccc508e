// A group for an evaluation is only as good as the way into it. The server would have to write the
// worker's pid to cgroup.procs, for which the kernel waits until no process of the machine forks or
// ends: a grace period of RCU, unless another move was just before. docs/security.md has what was
// measured.
#include "exec/cgroup_probe.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"

namespace playground::exec {
namespace {

constexpr std::array kControllers = {"memory", "pids"};
constexpr std::string_view kPrefix = "playground-probe-";

// An evaluation of `print` costs about 0.7 ms; a layer that costs more than a tenth is left out.
constexpr double kWorthwhileUs = 70;

bool lists(const std::string& path, const std::string& word) {
  std::string line = first_line(path).value_or("");
  auto words = split_list(line, ' ');
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What came of one controller: why not, or how long the move took.
struct Tried {
  std::string missing;  // "STEP: REASON"
  double move_us = 0;
};

Tried failed(const std::string& step) {
  return {step + ": " + errno_text(errno), 0};
}

// A process that waits for its end, which comes with the server's at the latest.
class Sleeper {
 public:
  Sleeper() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    UniqueFd read_end(ends[0]);
    hold_.reset(ends[1]);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::close(ends[1]);
    char byte = 0;
    ssize_t ended = ::read(ends[0], &byte, 1);
    ::_exit(static_cast<int>(ended));
  }
  ~Sleeper() {
    hold_.reset();
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
  }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  int pid() const { return pid_; }  // -1: there is none

 private:
  UniqueFd hold_;
  int pid_ = -1;
};

// The folder of this process's own group.
std::string own_group(const CgroupHierarchy& hierarchy) {
  std::string inside = hierarchy.mount + (hierarchy.path == "/" ? "" : hierarchy.path);
  return ::access(inside.c_str(), F_OK) == 0 ? inside : hierarchy.mount;
}

// Where groups with `controller` can be made; nullopt where the kernel has none to give.
std::optional<CgroupHierarchy> hierarchy_with(const std::string& controller,
                                              const CgroupSources& sources) {
  auto all = cgroup_hierarchies(controller, sources);
  auto found = std::find_if(all.begin(), all.end(), [&](const CgroupHierarchy& one) {
    return !one.unified || lists(own_group(one) + "/cgroup.controllers", controller);
  });
  if (found == all.end()) return std::nullopt;
  return *found;
}

// Those of servers that were killed while they probed.
void remove_leftovers(const std::string& parent) {
  std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(parent.c_str()), ::closedir);
  if (folder == nullptr) return;
  while (const dirent* entry = ::readdir(folder.get())) {
    std::string_view name = entry->d_name;
    if (!name.starts_with(kPrefix)) continue;
    auto owner = parse_unsigned(name.substr(kPrefix.size()));
    bool alive = owner && (::kill(static_cast<pid_t>(*owner), 0) == 0 || errno == EPERM);
    if (!alive) ::rmdir((parent + "/" + std::string(name)).c_str());
  }
}

bool move_to(const std::string& group, int pid) {
  UniqueFd file(::open((group + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
  std::string text = std::to_string(pid);
  return file && ::write(file.get(), text.data(), text.size()) >= 0;
}

bool is_in(const std::string& group, int pid) {
  std::ifstream file(group + "/cgroup.procs");
  for (std::string line; std::getline(file, line);) {
    if (parse_unsigned(line) == static_cast<std::uint64_t>(pid)) return true;
  }
  return false;
}

Tried try_group(const std::string& parent, const std::string& group, const std::string& limit) {
  Sleeper sleeper;
  if (sleeper.pid() < 0) return failed("fork");
  if (::access((group + "/" + limit).c_str(), W_OK) != 0) return failed(limit);
  TimePoint begun = Clock::now();
  if (!move_to(group, sleeper.pid())) return failed("cgroup.procs");
  double move_us = 1000 * to_ms(Clock::now() - begun);
  if (!is_in(group, sleeper.pid())) return {"cgroup.procs: the process was not moved", 0};
  // Back, so that the group is empty at once: a process that has ended may still be counted for a
  // moment.
  move_to(parent, sleeper.pid());
  return {"", move_us};
}

Tried try_controller(const std::string& controller, const CgroupSources& sources) {
  auto hierarchy = hierarchy_with(controller, sources);
  if (!hierarchy) return {"no such controller here", 0};
  std::string parent = own_group(*hierarchy);
  if (hierarchy->unified && !lists(parent + "/cgroup.subtree_control", controller)) {
    return {"not delegated: cgroup.subtree_control lacks it", 0};
  }
  remove_leftovers(parent);
  std::string group = parent + "/" + std::string(kPrefix) + std::to_string(::getpid());
  if (::mkdir(group.c_str(), 0755) != 0) return failed("make a group");
  bool v1_memory = !hierarchy->unified && controller == "memory";
  Tried tried = try_group(parent, group, v1_memory ? "memory.limit_in_bytes" : controller + ".max");
  ::rmdir(group.c_str());
  return tried;
}

std::string off_because(double move_us) {
  char text[128];
  const char* rest = move_us > kWorthwhileUs ? ", more than a tenth of an evaluation"
                                             : "; not used in this version";
  std::snprintf(text, sizeof(text), "off: moving a process takes %.0f µs here%s", move_us, rest);
  return text;
}

}  // namespace

std::vector<SandboxLayer> probe_cgroups(protocol::Tier highest, const CgroupSources& sources) {
  std::vector<SandboxLayer> layers;
  // Moves in quick succession share one wait: only the first shows what a single one takes.
  double move_us = 0;
  for (const char* controller : kControllers) {
    SandboxLayer layer{"T2", std::string(controller) + " cgroup", "off: PLAYGROUND_SANDBOX_MAX"};
    if (highest >= protocol::Tier::t2) {
      Tried tried = try_controller(controller, sources);
      move_us = std::max(move_us, tried.move_us);
      layer.state = tried.missing.empty() ? off_because(move_us) : "missing: " + tried.missing;
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace playground::exec
