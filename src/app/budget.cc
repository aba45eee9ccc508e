#include "app/budget.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"

namespace playground::app {
namespace {

using Verdict = BudgetLine::Verdict;

constexpr std::uint64_t kMb = 1024 * 1024;

// The server itself, its zygote with libraries loaded, and the next zygote while it is replaced.
constexpr std::uint64_t kBaseMemory = 64 * kMb;

// Threads count as processes: the loop's, libuv's four, the sweeper's, two zygotes, and some to
// spare.
constexpr std::uint64_t kBaseProcesses = 16;

// What each interpreter beyond the first adds: a zygote with libraries loaded and the next one;
// these two, the first processes of their pid namespaces, and the threads that empty its folders
// and answer its refused calls; their sockets, pipes and folders.
constexpr std::uint64_t kInterpreterMemory = 48 * kMb;
constexpr std::uint64_t kInterpreterProcesses = 6;
constexpr std::uint64_t kInterpreterFiles = 16;

// What the server holds of every worker, ready or running, and one or two while it is made.
constexpr std::uint64_t kWorkerFiles = 8;
constexpr std::uint64_t kSpareFiles = 64;

// What a further loop holds: its own descriptors (epoll, wake-ups, signals, one in reserve), its
// two listeners, sockets to name servers. Besides, it checks each backend.
constexpr std::uint64_t kLoopFiles = 16;

// While the zygote is replaced, as many again as are kept are made beside those that there are.
std::uint64_t workers(const Config& config) {
  return config.max_running + (config.pool_size + config.pool_max) * config.pythons.size();
}

std::uint64_t further_interpreters(const Config& config) {
  return config.pythons.size() - 1;
}

std::string mb(std::uint64_t bytes) {
  return std::to_string(bytes / kMb) + " MB";
}

std::string count(std::uint64_t number) {
  return std::to_string(number);
}

// "2", "1.5", "0.25"
std::string hundredths(double number) {
  auto scaled = static_cast<std::uint64_t>(number * 100 + 0.5);
  std::string text = count(scaled / 100);
  if (scaled % 100 == 0) return text;
  text += "." + std::string(scaled % 100 < 10 ? "0" : "") + count(scaled % 100);
  if (text.back() == '0') text.pop_back();
  return text;
}

// What one connection of a client costs, in descriptors: the ui holds one to a backend for it, and
// where both roles are in this process that one has its other end here.
std::uint64_t files_per_connection(unsigned roles) {
  if (roles == kAllRoles) return 3;
  return roles == kUi ? 2 : 1;
}

std::uint64_t files_of_loop(const Config& config, unsigned roles) {
  if ((roles & kUi) == 0) return kLoopFiles;
  // Without a list there may be that of the same process.
  return kLoopFiles + std::max<std::uint64_t>(config.backends.size(), 1);
}

std::uint64_t reserved_files(const Config& config, unsigned roles) {
  std::uint64_t files = kSpareFiles + (config.loops - 1) * files_of_loop(config, roles);
  if ((roles & kBackend) == 0) return files;
  return files + kInterpreterFiles * further_interpreters(config) + kWorkerFiles * workers(config);
}

// What one of several loops needs stands in the sum only where there are several.
std::string loops_part(const Config& config, std::uint64_t each) {
  if (config.loops == 1) return "";
  return " + " + (each == 1 ? "" : count(each) + " × ") + "(PLAYGROUND_LOOPS (" +
         count(config.loops) + ") - 1)";
}

// Likewise.
std::string interpreters_part(const Config& config, const std::string& each) {
  if (config.pythons.size() == 1) return "";
  return " + " + each + " × (interpreters (" + count(config.pythons.size()) + ") - 1)";
}

std::string workers_part(const Config& config) {
  std::string running = "PLAYGROUND_MAX_RUNNING (" + count(config.max_running) + ") + ";
  std::string each = "PLAYGROUND_POOL_SIZE (" + count(config.pool_size) +
                     ") + PLAYGROUND_POOL_MAX (" + count(config.pool_max) + ")";
  if (config.pythons.size() == 1) return running + each;
  return running + "(" + each + ") × interpreters (" + count(config.pythons.size()) + ")";
}

BudgetLine memory_line(const Config& config, const ResourceLimits& limits) {
  std::uint64_t each = config.memory_bytes + config.scratch_bytes;
  std::uint64_t sum =
      kBaseMemory + kInterpreterMemory * further_interpreters(config) + config.max_running * each;
  BudgetLine line{"memory", Verdict::fits, ""};
  line.detail = mb(kBaseMemory) + interpreters_part(config, mb(kInterpreterMemory)) +
                " + PLAYGROUND_MAX_RUNNING (" + count(config.max_running) +
                ") × (PLAYGROUND_MEMORY_MB (" + count(config.memory_bytes / kMb) +
                ") + PLAYGROUND_SCRATCH_MB (" + count(config.scratch_bytes / kMb) +
                ")) = " + mb(sum);
  if (limits.memory) {
    bool over = sum > limits.memory->value;
    if (over) line.verdict = Verdict::exceeded;
    line.detail += (over ? ", above the limit of " : ", within ") + mb(limits.memory->value) +
                   " (" + limits.memory->from + ")";
  } else if (limits.machine_memory != 0 && sum > limits.machine_memory) {
    line.verdict = Verdict::doubtful;
    line.detail += ", above the machine's " + mb(limits.machine_memory) + "; no cgroup limit";
  } else {
    line.detail += ", no cgroup limit";
  }
  return line;
}

// Says on what the programs share; there is no number of them that would be too many.
BudgetLine cpu_line(const Config& config, const ResourceLimits& limits) {
  BudgetLine line{"cpu", Verdict::fits, ""};
  line.detail = "PLAYGROUND_MAX_RUNNING (" + count(config.max_running) + ") on " +
                hundredths(limits.cpu.cores) + " cores (" + limits.cpu.from + ")";
  return line;
}

BudgetLine process_line(const Config& config, const ResourceLimits& limits) {
  std::uint64_t sum = kBaseProcesses + kInterpreterProcesses * further_interpreters(config) +
                      workers(config) + config.loops - 1;
  BudgetLine line{"processes", Verdict::fits, ""};
  line.detail = count(kBaseProcesses) + interpreters_part(config, count(kInterpreterProcesses)) +
                " + " + workers_part(config) + loops_part(config, 1) + " = " + count(sum);
  if (!limits.processes) {
    line.detail += ", no limit";
    return line;
  }
  bool over = sum > limits.processes->value;
  if (over) line.verdict = Verdict::exceeded;
  line.detail += (over ? ", above the limit of " : ", within ") + count(limits.processes->value) +
                 " (" + limits.processes->from + ")";
  return line;
}

// Against the volume's size rather than what is free now: what a killed server left there is
// deleted at the next start, and must not prevent it.
BudgetLine scratch_line(const Config& config, const ResourceLimits& limits) {
  std::uint64_t sum = config.max_running * config.scratch_bytes;
  BudgetLine line{"scratch", Verdict::fits, ""};
  line.detail = "PLAYGROUND_MAX_RUNNING (" + count(config.max_running) +
                ") × PLAYGROUND_SCRATCH_MB (" + count(config.scratch_bytes / kMb) +
                ") = " + mb(sum);
  std::string volume = "PLAYGROUND_SCRATCH_DIR " + config.scratch_dir;
  if (limits.scratch_total == 0) {
    line.detail += ", the size of " + volume + " is unknown";
  } else if (sum > limits.scratch_total) {
    line.verdict = Verdict::exceeded;
    line.detail += ", above the " + mb(limits.scratch_total) + " of " + volume;
  } else if (sum > limits.scratch_free) {
    line.verdict = Verdict::doubtful;
    line.detail += ", above the " + mb(limits.scratch_free) + " that are free in " + volume;
  } else {
    line.detail += ", within the " + mb(limits.scratch_free) + " that are free in " + volume;
  }
  return line;
}

BudgetLine files_line(const Config& config, unsigned roles, const ResourceLimits& limits) {
  std::uint64_t reserved = reserved_files(config, roles);
  std::uint64_t each = files_per_connection(roles);
  std::uint64_t sum = reserved + each * config.max_connections;
  bool over = sum > limits.open_files;
  BudgetLine line{"open files", over ? Verdict::exceeded : Verdict::fits, ""};
  line.detail = count(kSpareFiles) + loops_part(config, files_of_loop(config, roles));
  if ((roles & kBackend) != 0) {
    line.detail += interpreters_part(config, count(kInterpreterFiles)) + " + " +
                   count(kWorkerFiles) + " × (" + workers_part(config) + ")";
  }
  line.detail += " + " + count(each) + " × PLAYGROUND_MAX_CONNECTIONS (" +
                 count(config.max_connections) + ") = " + count(sum) +
                 (over ? ", above the limit of " : ", within ") + count(limits.open_files) +
                 " (RLIMIT_NOFILE)";
  return line;
}

}  // namespace

std::vector<BudgetLine> make_budget(const Config& config, unsigned roles,
                                    const ResourceLimits& limits) {
  std::vector<BudgetLine> budget;
  if ((roles & kBackend) != 0) {
    budget.push_back(memory_line(config, limits));
    budget.push_back(cpu_line(config, limits));
    budget.push_back(process_line(config, limits));
    budget.push_back(scratch_line(config, limits));
  }
  budget.push_back(files_line(config, roles, limits));
  return budget;
}

std::vector<std::string> exceeded(const std::vector<BudgetLine>& budget) {
  std::vector<std::string> lines;
  for (const BudgetLine& line : budget) {
    if (line.verdict == Verdict::exceeded) lines.push_back(line.name + ": " + line.detail);
  }
  return lines;
}

Result<std::uint64_t> raise_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return unexpected("RLIMIT_NOFILE can't be read: " + errno_text(errno), errno);
  }
  files.rlim_cur = files.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &files) != 0) {
    return unexpected("RLIMIT_NOFILE can't be raised: " + errno_text(errno), errno);
  }
  return files.rlim_max;
}

std::uint64_t connections_within(std::uint64_t open_files, const Config& config, unsigned roles) {
  std::uint64_t reserved = reserved_files(config, roles);
  std::uint64_t left = open_files > reserved ? open_files - reserved : 0;
  return std::max<std::uint64_t>(left / files_per_connection(roles), 1);
}

}  // namespace playground::app
