// The floor: what an evaluation costs that is nothing but a fork. libpython is embedded and warmed
// up as the pool's zygote is; then, again and again, a forked child runs a program that prints into
// a pipe, exits, and is reaped. No HTTP, no sandbox, no limits, nothing learnt or prepared.
//
//   floor SECONDS CONCURRENCY PROGRAM EXPECTED
//
// PROGRAM is a file, EXPECTED the file of what it prints. One line of JSON comes of it: count,
// seconds, p50_us, p90_us, p99_us, p999_us, max_us, cpu_us.
#include <Python.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostAtATime = 64;

struct Program {
  std::string source;
  std::string output;
};

struct Run {
  pid_t pid = -1;
  int out = -1;
  Clock::time_point start;
};

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void warm_up() {
  Py_InitializeEx(0);
  const char* const steps[] = {
      "def f(x, *y):\n  return [x + i for i in range(3)]\n"
      "for i in f(0): print(end=f'')\n"
      "try: {}['a']\nexcept KeyError as e: pass\n",
      "import gc; gc.collect(); gc.freeze()"};
  for (const char* step : steps) {
    if (PyRun_SimpleString(step) != 0) std::exit(1);
  }
}

[[noreturn]] void be_child(const Program& program, int out) {
  PyOS_AfterFork_Child();
  if (::dup2(out, STDOUT_FILENO) < 0) ::_exit(1);
  const bool ran = PyRun_SimpleString(program.source.c_str()) == 0 &&
                   PyRun_SimpleString("import sys; sys.stdout.flush()") == 0;
  ::_exit(ran ? 0 : 1);
}

Run start(const Program& program) {
  Run run;
  run.start = Clock::now();
  int ends[2];
  if (::pipe(ends) != 0) fail("pipe");
  PyOS_BeforeFork();
  run.pid = ::fork();
  if (run.pid == 0) be_child(program, ends[1]);
  PyOS_AfterFork_Parent();
  if (run.pid < 0) fail("fork");
  ::close(ends[1]);
  run.out = ends[0];
  return run;
}

// Reads what it printed until it has closed the pipe, and reaps it. Its latency in µs.
double finish(const Program& program, const Run& run) {
  std::string text;
  char bytes[4096];
  for (ssize_t count; (count = ::read(run.out, bytes, sizeof bytes)) > 0;) {
    text.append(bytes, static_cast<std::size_t>(count));
  }
  ::close(run.out);
  int status = 0;
  if (::waitpid(run.pid, &status, 0) != run.pid) fail("waitpid");
  if (status != 0 || text != program.output) {
    std::fprintf(stderr, "floor: a child ended with %d and printed \"%s\"\n", status, text.c_str());
    std::exit(1);
  }
  return std::chrono::duration<double, std::micro>(Clock::now() - run.start).count();
}

// Keeps as many at a time as `runs` has.
std::vector<double> measure(const Program& program, std::vector<Run>& runs,
                            std::chrono::duration<double> time) {
  std::vector<double> latencies;
  const auto end = Clock::now() + time;
  for (Run& run : runs) run = start(program);
  std::vector<pollfd> ready(runs.size());
  while (Clock::now() < end) {
    for (std::size_t i = 0; i < runs.size(); ++i) ready[i] = {runs[i].out, POLLIN, 0};
    if (::poll(ready.data(), ready.size(), -1) < 0) fail("poll");
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (ready[i].revents == 0) continue;
      latencies.push_back(finish(program, runs[i]));
      runs[i] = start(program);
    }
  }
  for (const Run& run : runs) finish(program, run);
  return latencies;
}

double cpu_us() {
  double total = 0;
  for (int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    ::getrusage(who, &used);
    for (const timeval& time : {used.ru_utime, used.ru_stime}) {
      total += static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    }
  }
  return total;
}

double quantile(const std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc == 5 ? std::atof(argv[1]) : 0;
  const int at_a_time = argc == 5 ? std::atoi(argv[2]) : 0;
  if (seconds <= 0 || seconds > 60 || at_a_time < 1 || at_a_time > kMostAtATime) {
    std::fprintf(stderr, "usage: floor SECONDS (up to 60) CONCURRENCY (1 to %d) PROGRAM EXPECTED\n",
                 kMostAtATime);
    return 2;
  }
  const Program program{read_file(argv[3]), read_file(argv[4])};
  warm_up();
  std::vector<Run> runs(static_cast<std::size_t>(at_a_time));
  const double before = cpu_us();
  const auto start = Clock::now();
  std::vector<double> latencies = measure(program, runs, std::chrono::duration<double>(seconds));
  const std::chrono::duration<double> took = Clock::now() - start;
  if (latencies.empty()) return 1;
  std::sort(latencies.begin(), latencies.end());
  std::printf(
      "{\"count\": %zu, \"seconds\": %.6f, \"p50_us\": %.1f, \"p90_us\": %.1f, \"p99_us\": %.1f, "
      "\"p999_us\": %.1f, \"max_us\": %.1f, \"cpu_us\": %.1f}\n",
      latencies.size(), took.count(), quantile(latencies, 0.5), quantile(latencies, 0.9),
      quantile(latencies, 0.99), quantile(latencies, 0.999), latencies.back(),
      (cpu_us() - before) / static_cast<double>(latencies.size()));
}
