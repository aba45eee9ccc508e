// Refusals: answers the system calls that the zygotes' filters refuse (seccomp_unotify(2)), and
// keeps which process made them. On a thread of its own: a program that makes refused calls in a
// loop shall not keep the event loop busy, nor wait for it.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "exec/refusal_records.h"

struct seccomp_notif;

namespace playground::exec {

class Refusals {
 public:
  Refusals() = default;
  // Of processes that still run, refused calls fail with ENOSYS from now on.
  ~Refusals();
  Refusals(const Refusals&) = delete;
  Refusals& operator=(const Refusals&) = delete;

  // Answers what comes from `listener` until no process is left under its filter. What `zygote`
  // itself is refused is not recorded. Errors: no thread, no descriptors to be had.
  Result<void> serve(UniqueFd listener, int zygote);

  // What `pid`, a child of this process, was refused since the last time; then nothing of it is
  // kept. Complete once it has been reaped, or while it waits for this process. Free when nobody
  // was refused anything.
  //
  // Sound although pids are used again: a refusal is recorded under the lock while its caller is
  // known to wait for the answer (SECCOMP_IOCTL_NOTIF_ID_VALID), so never for a process that has
  // been reaped; and a reaped process's record goes here, before its pid means another.
  RefusedCalls take(int pid);

 private:
  Result<void> start();
  void run();
  bool turn();
  void answer(int listener);
  void record(int listener, const seccomp_notif& call);
  void close(int listener);

  UniqueFd epoll_;
  UniqueFd stop_;
  std::vector<char> call_;  // a seccomp_notif, as large as the kernel's
  std::vector<char> reply_;
  std::thread thread_;

  std::mutex mutex_;
  RefusalRecords records_;
  std::map<int, int> listeners_;  // → zygote
  std::atomic<std::size_t> recorded_{0};
};

}  // namespace playground::exec
