// This is the zygote making a worker. The worker is the server's child, not the zygote's
// (CLONE_PARENT): the server waits for it itself, and no report has to pass through a busy zygote.
#include "pool/spawn.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "pool/control.h"
#include "pool/io.h"
#include "pool/pid_one.h"
#include "pool/python.h"
#include "pool/slots.h"
#include "pool/worker.h"

namespace playground::pool {
namespace {

constexpr int kExitWithoutPidOne = 5;

struct Pipe {
  UniqueFd read, write;
};

// `server_end` becomes non-blocking; that is a property of the open file description, so the
// worker's end of the pipe stays as any program expects it.
bool open_pipe(Pipe& pipe, UniqueFd Pipe::*server_end) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  pipe.read.reset(ends[0]);
  pipe.write.reset(ends[1]);
  return ::fcntl((pipe.*server_end).get(), F_SETFL, O_NONBLOCK) == 0;
}

// What the server sees of a worker's folder: in a slot, no path of the server's leads there.
UniqueFd open_folder(const protocol::Spawn& order) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  if (order.slot == protocol::kNoSlot) return UniqueFd(::open(order.folder, kFlags));
  const int slot = slot_folder(order.slot);
  return UniqueFd(slot < 0 ? -1 : ::fcntl(slot, F_DUPFD_CLOEXEC, 0));
}

// Where glibc keeps the thread's id; a clone that knows it leaves the right id there for the child,
// which recursive mutexes and pthread_kill compare with. Null where the kernel can't tell.
int* cached_tid() {
  int* address = nullptr;
  return ::prctl(PR_GET_TID_ADDRESS, &address, 0, 0, 0) == 0 ? address : nullptr;
}

// The legacy call, because container runtimes answer clone3 with ENOSYS. No exit signal is given:
// with CLONE_PARENT the kernel takes the zygote's own.
long clone_worker(int* pidfd) {
  static int* const tid = cached_tid();
  const unsigned long flags = kWorkerClone | (tid != nullptr ? kWorkerCloneTid : 0);
#if defined(__x86_64__)
  return ::syscall(SYS_clone, flags, 0UL, pidfd, tid, 0UL);
#else  // everyone else has the thread pointer before the child's tid
  return ::syscall(SYS_clone, flags, 0UL, pidfd, 0UL, tid);
#endif
}

void report_failure(std::uint64_t id, int error) {
  protocol::SpawnFailed answer;
  answer.error = error;
  answer.id = id;
  if (!send_message(&answer, sizeof answer, nullptr, 0)) ::_exit(0);
}

void report_spawned(std::uint64_t id, long pid, const int (&fds)[protocol::kSpawnedFds]) {
  protocol::Spawned answer;
  answer.pid = static_cast<std::int32_t>(pid);
  answer.id = id;
  if (!send_message(&answer, sizeof answer, fds, protocol::kSpawnedFds)) ::_exit(0);
}

// The server starts another zygote, with another namespace.
[[noreturn]] void end_without_pid_one() {
  write_line(STDERR_FILENO, "playground zygote", "the pid namespace has lost its first process", 0);
  ::_exit(kExitWithoutPidOne);
}

}  // namespace

void spawn_worker(const protocol::Spawn& order, const protocol::Configure& configure,
                  CallFilter filter) {
  Pipe in, out, err;
  if (!open_pipe(in, &Pipe::write) || !open_pipe(out, &Pipe::read) ||
      !open_pipe(err, &Pipe::read)) {
    return report_failure(order.id, errno);
  }
  const UniqueFd folder = open_folder(order);
  if (folder.get() < 0) return report_failure(order.id, errno);
  int pidfd = -1;
  PyOS_BeforeFork();
  const long pid = clone_worker(&pidfd);
  const int error = errno;
  if (pid == 0) {
    run_worker({order.id, order.folder, order.slot, in.read.get(), out.write.get(), err.write.get(),
                configure.open_files, configure.file_bytes, filter, order.patient != 0});
  }
  PyOS_AfterFork_Parent();
  if (pid < 0 && pid_one_is_gone()) end_without_pid_one();
  if (pid < 0) return report_failure(order.id, error);
  const UniqueFd owned_pidfd(pidfd);
  report_spawned(order.id, pid,
                 {pidfd, in.write.get(), out.read.get(), err.read.get(), folder.get()});
}

}  // namespace playground::pool
