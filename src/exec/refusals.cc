#include "exec/refusals.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "base/check.h"
#include "base/text.h"
#include "exec/call_names.h"
#include "exec/usage.h"
#include "pool/protocol.h"
#include "uv/process.h"

namespace playground::exec {
namespace {

// The process that the thread `tid` belongs to; 0 when it is gone.
int process_of(std::uint32_t tid) {
  UniqueFd file = open_proc(static_cast<int>(tid), "status");
  char text[512] = {};
  if (!file || ::read(file.get(), text, sizeof(text) - 1) <= 0) return 0;
  const char* line = ::strstr(text, "\nTgid:");
  int pid = 0;
  return line != nullptr && ::sscanf(line, "\nTgid: %d", &pid) == 1 ? pid : 0;
}

// A worker's handler of SIGSYS names the refused call by this one.
std::string refused_name(const seccomp_data& data) {
  bool named = data.nr == SYS_prctl && static_cast<int>(data.args[0]) == protocol::kRefusedOption;
  return call_name(data.arch, named ? static_cast<int>(data.args[1]) : data.nr);
}

// The filter has such calls notified instead of ending the process with SIGSYS, a signal that a
// program can send to itself.
bool is_foreign(const seccomp_data& data) {
#if defined(__x86_64__)
  constexpr std::uint32_t kNative = AUDIT_ARCH_X86_64;
  constexpr int kX32 = 0x40000000;
  return data.arch != kNative || data.nr >= kX32;
#elif defined(__aarch64__)
  return data.arch != AUDIT_ARCH_AARCH64;
#else
  static_cast<void>(data);
  return false;
#endif
}

bool still_waits(int listener, std::uint64_t id) {
  return ::ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

// Asked once more after its pidfd is there, because only then it is the caller's for certain.
void signal_caller(int listener, std::uint64_t id, int pid, int number) {
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (pidfd && still_waits(listener, id)) uv::send_signal(pidfd.get(), number);
}

bool watch(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  return ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

}  // namespace

Result<void> Refusals::serve(UniqueFd listener, int zygote) {
  if (!thread_.joinable()) {
    if (auto started = start(); !started) return started;
  }
  std::lock_guard lock(mutex_);
  if (!watch(epoll_.get(), listener.get())) {
    return unexpected("can't watch the listener: " + errno_text(errno), errno);
  }
  listeners_.emplace(listener.release(), zygote);
  return {};
}

Result<void> Refusals::start() {
  seccomp_notif_sizes sizes{};
  if (::syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0) {
    return unexpected("no user notification: " + errno_text(errno), errno);
  }
  // A newer kernel's may be larger than those that this was compiled with.
  call_.resize(std::max<std::size_t>(sizes.seccomp_notif, sizeof(seccomp_notif)));
  reply_.resize(std::max<std::size_t>(sizes.seccomp_notif_resp, sizeof(seccomp_notif_resp)));
  epoll_.reset(::epoll_create1(EPOLL_CLOEXEC));
  stop_.reset(::eventfd(0, EFD_CLOEXEC));
  if (!epoll_ || !stop_ || !watch(epoll_.get(), stop_.get())) {
    return unexpected("no descriptors for refused calls: " + errno_text(errno), errno);
  }
  thread_ = std::thread([this] { run(); });
  return {};
}

Refusals::~Refusals() {
  if (!thread_.joinable()) return;
  std::uint64_t one = 1;
  PLAYGROUND_CHECK(::write(stop_.get(), &one, sizeof(one)) == sizeof(one));
  thread_.join();
  for (auto [listener, zygote] : listeners_) ::close(listener);
}

RefusedCalls Refusals::take(int pid) {
  // Relaxed is enough: the kernel stands between. A refusal was recorded before its caller was
  // answered, and the caller has ended, or written what we have read, since.
  if (recorded_.load(std::memory_order_relaxed) == 0) return {};
  std::lock_guard lock(mutex_);
  RefusedCalls calls = records_.take(pid);
  recorded_.store(records_.size(), std::memory_order_relaxed);
  return calls;
}

// From here on, on the thread.

void Refusals::run() {
  while (turn()) {
  }
}

bool Refusals::turn() {
  epoll_event events[16];
  int count = ::epoll_wait(epoll_.get(), events, std::size(events), -1);
  for (int i = 0; i < count; ++i) {
    int fd = events[i].data.fd;
    if (fd == stop_.get()) return false;
    if ((events[i].events & EPOLLIN) != 0) {
      answer(fd);
    } else {
      close(fd);  // EPOLLHUP: nobody is under this filter any more
    }
  }
  return count >= 0 || errno == EINTR;
}

// Never blocks: the kernel counts the calls that have come, and this thread alone takes them.
void Refusals::answer(int listener) {
  std::fill(call_.begin(), call_.end(), 0);  // the kernel demands it
  std::fill(reply_.begin(), reply_.end(), 0);
  auto& call = *reinterpret_cast<seccomp_notif*>(call_.data());
  auto& reply = *reinterpret_cast<seccomp_notif_resp*>(reply_.data());
  if (::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0) return;  // its caller was killed
  record(listener, call);
  reply.id = call.id;
  reply.error = -EPERM;
  ::ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &reply);  // unless its caller was killed
}

void Refusals::record(int listener, const seccomp_notif& call) {
  int pid = process_of(call.pid);
  std::string name = refused_name(call.data);
  std::lock_guard lock(mutex_);
  if (pid == 0 || pid == listeners_.at(listener) || !still_waits(listener, call.id)) return;
  const RefusedCalls& calls = records_.add(pid, name, is_foreign(call.data));
  recorded_.store(records_.size(), std::memory_order_relaxed);
  if (!calls.must_end()) return;
  int number = calls.must_end_at_once() ? SIGKILL : protocol::kFlushSignal;
  signal_caller(listener, call.id, pid, number);
}

void Refusals::close(int listener) {
  std::lock_guard lock(mutex_);
  listeners_.erase(listener);
  // Closing alone would not end the watch: a child that was forked a moment ago holds a copy of the
  // descriptor, and what is told of it after that would be taken for the next one of its number.
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener, nullptr);
  ::close(listener);
}

}  // namespace playground::exec
