#include "pool/sandbox_program.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iterator>
#include <span>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8U  // Linux 6.3
#endif

namespace playground::pool {
namespace {

constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kTell = SECCOMP_RET_USER_NOTIF;

// Numbers from here on are x32's, which the filter itself looks at.
constexpr std::uint32_t kX32 = 0x40000000;

sock_filter g_code[BPF_MAXINSNS];
unsigned short g_length = 0;

// Where sysctl vm.memfd_noexec is 2, memory that could be executed is not to be had; older kernels
// don't know the flag.
UniqueFd open_memory() {
  UniqueFd memory(::memfd_create("filter", MFD_CLOEXEC | MFD_NOEXEC_SEAL));
  if (memory.get() < 0 && errno == EINVAL) memory.reset(::memfd_create("filter", MFD_CLOEXEC));
  return memory;
}

// What the kernel returned: 0, or with SECCOMP_FILTER_FLAG_NEW_LISTENER its descriptor; -1 with
// errno. The answers that the kept program has, ERRNO(EPERM), KILL_PROCESS and TRAP, are replaced.
int install(unsigned flags, std::uint32_t refuse, std::uint32_t kill, std::uint32_t trap) {
  sock_filter code[BPF_MAXINSNS];
  std::copy_n(g_code, g_length, code);
  for (sock_filter& step : std::span(code, g_length)) {
    if (step.code != (BPF_RET | BPF_K)) continue;
    if (step.k == kRefuse) {
      step.k = refuse;
    } else if (step.k == SECCOMP_RET_KILL_PROCESS) {
      step.k = kill;
    } else if (step.k == SECCOMP_RET_TRAP) {
      step.k = trap;
    }
  }
  const sock_fprog program{g_length, code};
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}

}  // namespace

int keep_filter(scmp_filter_ctx context, std::uint32_t newest) {
  const sock_filter head[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kX32, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, newest, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
  };
  std::copy(std::begin(head), std::end(head), g_code);
  const UniqueFd memory = open_memory();
  if (memory.get() < 0) return errno;
  if (const int error = seccomp_export_bpf(context, memory.get()); error != 0) return -error;
  if (::lseek(memory.get(), 0, SEEK_SET) != 0) return errno;
  const ssize_t bytes =
      read_fully(memory.get(), g_code + std::size(head), sizeof g_code - sizeof head);
  if (bytes <= 0) return bytes < 0 ? errno : ENODATA;
  const std::size_t length = std::size(head) + static_cast<std::size_t>(bytes) / sizeof g_code[0];
  g_length = static_cast<unsigned short>(length);
  return 0;
}

Installed install_kept_filter() {
  Installed installed;
  const unsigned told = SECCOMP_FILTER_FLAG_NEW_LISTENER;
  installed.listener.reset(install(told, kTell, kTell, SECCOMP_RET_TRAP));
  if (installed.listener.get() >= 0) return installed;
  installed.tell_error = errno;
  if (install(0, kRefuse, SECCOMP_RET_KILL_PROCESS, kRefuse) != 0) installed.error = errno;
  return installed;
}

}  // namespace playground::pool
