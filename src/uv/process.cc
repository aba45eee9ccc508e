#include "uv/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <optional>

#include "base/check.h"
#include "base/text.h"

// glibc 2.36 has these only in headers that its own wrappers came with later.
#ifndef P_PIDFD
#define P_PIDFD 3
#endif

namespace playground::uv {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& text : strings) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

// File actions and attributes of posix_spawn, freed together.
struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  explicit SpawnPlan(const std::vector<int>& descriptors) {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
      posix_spawn_file_actions_adddup2(&actions, descriptors[i], static_cast<int>(i));
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, static_cast<int>(descriptors.size()));
    // A session of its own: the terminal's Ctrl-C is for the server, which then ends its children
    // in order.
    sigset_t every;
    sigset_t none;
    sigfillset(&every);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &every);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
};

}  // namespace

std::uint64_t Exit::cpu_us() const {
  auto us = [](const timeval& t) {
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(t.tv_usec);
  };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

std::optional<Exit> reap(int pidfd) {
  siginfo_t info{};
  Exit exit;
  // The system call, unlike glibc's waitid, also returns the resources used.
  long failed = ::syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | WNOHANG, &exit.usage);
  if (failed != 0 || info.si_pid == 0) return std::nullopt;
  if (info.si_code == CLD_EXITED) {
    exit.code = info.si_status;
  } else {
    exit.signal = info.si_status;
  }
  return exit;
}

bool reap_by_pid(int pid) {
  siginfo_t info{};
  int failed = ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG);
  return failed != 0 ? errno == ECHILD : info.si_pid == pid;
}

void reap_killed(int pid) {
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED) != 0 && errno == EINTR) {
  }
}

void send_signal(int pidfd, int number) {
  ::syscall(SYS_pidfd_send_signal, pidfd, number, nullptr, 0);
}

void kill_and_reap(int pidfd) {
  send_signal(pidfd, SIGKILL);
  // uv_poll has made the pidfd non-blocking, and waitid by that returns EAGAIN while the child is
  // still dying.
  pollfd ended{pidfd, POLLIN, 0};
  while (::poll(&ended, 1, -1) < 0 && errno == EINTR) {
  }
  siginfo_t info{};
  ::syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED, nullptr);
}

void kill_and_reap_group(int group) {
  siginfo_t info{};
  auto id = static_cast<id_t>(group);
  // As long as a child of ours is in it, the number is no other group's.
  if (::waitid(P_PGID, id, &info, WEXITED | WNOHANG | WNOWAIT) == 0) ::kill(-group, SIGKILL);
  while (::waitid(P_PGID, id, &info, WEXITED) == 0 || errno == EINTR) {
  }
}

Result<std::unique_ptr<Process>> Process::spawn(Loop& loop, const Options& options,
                                                std::function<void(Exit)> on_exit) {
  SpawnPlan plan(options.descriptors);
  pid_t pid = 0;
  auto argv = pointers(options.arguments);
  auto envp = pointers(options.environment);
  int error = ::posix_spawn(&pid, options.file.c_str(), &plan.actions, &plan.attributes,
                            argv.data(), envp.data());
  if (error != 0)
    return unexpected("can't start " + options.file + ": " + errno_text(error), error);
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!pidfd) {
    error = errno;
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    return unexpected("can't watch " + options.file + ": " + errno_text(error), error);
  }
  std::unique_ptr<Process> process(new Process(pid, std::move(pidfd)));
  Process* raw = process.get();
  process->on_exit_ = std::move(on_exit);
  process->poll_ = Poll::create(loop, raw->pidfd_.get(), [raw](int) {
    auto exit = reap(raw->pidfd_.get());
    if (!exit) return;
    raw->poll_.reset();
    raw->pidfd_.reset();
    auto notify = std::move(raw->on_exit_);
    notify(*exit);
  });
  process->poll_->start(UV_READABLE);
  return process;
}

Process::~Process() {
  poll_.reset();
  if (pidfd_) kill_and_reap(pidfd_.get());
}

void Process::kill(int signal) {
  if (pidfd_) send_signal(pidfd_.get(), signal);
}

}  // namespace playground::uv
