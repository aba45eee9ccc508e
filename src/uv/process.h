// Process: one child, spawned with descriptors of the caller's choice and watched by a pidfd.
//
// libuv's own uv_spawn is not used: it installs a SIGCHLD handler, and every interpreter that ends
// would then cost the loop a signal, a pipe write and a round of waitpid. A pidfd tells of one
// child only.
#pragma once

#include <sys/resource.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "uv/poll.h"

namespace playground::uv {

// How a child ended.
struct Exit {
  int code = 0;    // meaningful when signal is 0
  int signal = 0;  // 0 when it ended by itself
  rusage usage{};

  std::uint64_t cpu_us() const;  // of user and system
};

// Reaps the ended child behind `pidfd`; nullopt while it runs. Only its parent can.
std::optional<Exit> reap(int pidfd);

// Reaps a child by its number, which is its own until then. Whether there is none of that number
// any more.
bool reap_by_pid(int pid);

// Waits for the end of a child that was killed.
void reap_killed(int pid);

// Signals the process behind `pidfd`, and nobody else: its number may have been given away, its
// pidfd not.
void send_signal(int pidfd, int number);

// Kills a child and waits for its end, which takes microseconds; else it would stay as a zombie.
void kill_and_reap(int pidfd);

// The same for every child in a process group.
void kill_and_reap_group(int group);

class Process {
 public:
  struct Options {
    std::string file;
    std::vector<std::string> arguments;    // argv[0] included
    std::vector<std::string> environment;  // NAME=value; nothing is inherited
    std::vector<int> descriptors;  // becomes 0, 1, 2 … in the child; all others are closed
  };

  // Errors: the file is missing or can't be executed; no process or descriptor to be had.
  // `on_exit` may drop the Process.
  static Result<std::unique_ptr<Process>> spawn(Loop& loop, const Options& options,
                                                std::function<void(Exit)> on_exit);

  // Kills and reaps a child that still runs.
  ~Process();

  int pid() const { return pid_; }
  void kill(int signal);

 private:
  Process(int pid, UniqueFd pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}

  int pid_;
  UniqueFd pidfd_;
  Owned<Poll> poll_;
  std::function<void(Exit)> on_exit_;
};

}  // namespace playground::uv
