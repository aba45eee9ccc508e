#include "pool/prefault.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "pool/io.h"
#include "pool/populate.h"
#include "pool/program.h"
#include "pool/python.h"
#include "pool/sandbox_rlimits.h"

namespace playground::pool {
namespace {

constexpr std::size_t kMostRanges = 1024;  // what one call takes: UIO_MAXIOV
iovec g_ranges[kMostRanges];
std::size_t g_count = 0;
std::uintptr_t g_page = 4096;

// So many are copied in some 20 us, which a program may wait for.
constexpr std::size_t kYieldPages = 8;

void add_page(std::uintptr_t address) {
  if (g_count > 0) {
    iovec& last = g_ranges[g_count - 1];
    if (address == reinterpret_cast<std::uintptr_t>(last.iov_base) + last.iov_len) {
      last.iov_len += g_page;
      return;
    }
  }
  if (g_count < kMostRanges) g_ranges[g_count++] = {reinterpret_cast<void*>(address), g_page};
}

// Linux, Documentation/admin-guide/mm/pagemap.rst: one word for each page, with bit 63 for present
// and 56 for mapped by this process alone. After a fork, that is what was written to since.
void add_own_pages(int pagemap, std::uintptr_t start, std::uintptr_t end) {
  constexpr std::uint64_t kOwn = 1ULL << 63 | 1ULL << 56;
  std::uint64_t words[512];
  const std::uintptr_t step = sizeof words / sizeof words[0] * g_page;
  for (std::uintptr_t at = start; at < end; at += step) {
    const std::size_t wanted = (end - at < step ? end - at : step) / g_page * sizeof words[0];
    const auto offset = static_cast<off_t>(at / g_page * sizeof words[0]);
    if (::pread(pagemap, words, wanted, offset) != static_cast<ssize_t>(wanted)) return;
    for (std::size_t i = 0; i < wanted / sizeof words[0]; ++i) {
      if ((words[i] & kOwn) == kOwn) add_page(at + i * g_page);
    }
  }
}

// Private writable mappings only; the others are shared by nature, or never written to.
void list_own_pages() {
  const UniqueFd pagemap(::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC));
  std::FILE* const maps = std::fopen("/proc/self/maps", "re");
  char line[512];
  while (maps != nullptr && pagemap.get() >= 0 && std::fgets(line, sizeof line, maps) != nullptr) {
    std::uintptr_t start = 0, end = 0;
    char mode[8] = {};
    if (std::sscanf(line, "%lx-%lx %7s", &start, &end, mode) != 3) continue;
    if (std::strcmp(mode, "rw-p") == 0 || std::strcmp(mode, "rwxp") == 0) {
      add_own_pages(pagemap.get(), start, end);
    }
  }
}

int g_report = -1;  // the scout's

[[noreturn]] void report_pages() {
  list_own_pages();
  write_fully(g_report, g_ranges, g_count * sizeof g_ranges[0]);
  ::_exit(0);
}

// Its program prints to a pipe that nobody reads.
[[noreturn]] void scout(int out, bool (*rehearse)()) {
  PyOS_AfterFork_Child();
  int ends[2];
  if (!rehearse() || ::pipe2(ends, O_CLOEXEC) != 0 || ::dup2(ends[1], STDOUT_FILENO) < 0) {
    ::_exit(1);
  }
  const std::uint64_t data = data_size();
  write_fully(out, &data, sizeof data);
  g_report = out;
  rehearse_program(report_pages);
}

// The ranges from there on that are about as many pages as are copied before a yield.
std::size_t next_share(std::size_t first) {
  std::size_t bytes = 0, last = first;
  while (last < g_count && bytes < kYieldPages * g_page) bytes += g_ranges[last++].iov_len;
  return last - first;
}

// What the scout has mapped itself, no worker has yet.
std::size_t mapped_bytes(const iovec& range) {
  char* const start = static_cast<char*>(range.iov_base);
  std::size_t bytes = 0;
  unsigned char present;
  while (bytes < range.iov_len && ::mincore(start + bytes, g_page, &present) == 0) bytes += g_page;
  return bytes;
}

void leave_out_unmapped() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < g_count; ++i) {
    const std::size_t bytes = mapped_bytes(g_ranges[i]);
    if (bytes > 0) g_ranges[kept++] = {g_ranges[i].iov_base, bytes};
  }
  g_count = kept;
}

}  // namespace

std::uint64_t learn_pages(bool (*rehearse)()) {
  g_page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return 0;
  const UniqueFd in(ends[0]);
  UniqueFd out(ends[1]);
  PyOS_BeforeFork();
  const pid_t pid = ::fork();
  if (pid == 0) scout(out.get(), rehearse);
  PyOS_AfterFork_Parent();
  out.reset();
  std::uint64_t data = 0;
  if (read_fully(in.get(), &data, sizeof data) != sizeof data) data = 0;
  const ssize_t got = read_fully(in.get(), g_ranges, sizeof g_ranges);
  g_count = got > 0 ? static_cast<std::size_t>(got) / sizeof g_ranges[0] : 0;
  wait_for_end(pid);
  leave_out_unmapped();
  choose_way(g_ranges, g_count);
  return data;
}

void populate_pages(bool patient) {
  if (!patient) return populate(g_ranges, g_count);
  for (std::size_t done = 0; done < g_count;) {
    const std::size_t share = next_share(done);
    populate(g_ranges + done, share);
    done += share;
    if (done < g_count) ::sched_yield();
  }
}

}  // namespace playground::pool
