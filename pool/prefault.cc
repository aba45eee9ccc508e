#include "pool/prefault.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "pool/io.h"
#include "pool/program.h"
#include "pool/python.h"
#include "pool/sandbox_rlimits.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23  // Linux 5.14
#endif

namespace playground::pool {
namespace {

struct Range {
  std::uintptr_t start, end;
};

// Two pages that lie this near to one another are one range: copying a page in vain costs less than
// a call.
constexpr std::uintptr_t kGapPages = 1;

constexpr std::size_t kMostRanges = 1024;
Range g_ranges[kMostRanges];
std::size_t g_count = 0;
std::uintptr_t g_page = 4096;

void add_page(std::uintptr_t address) {
  if (g_count > 0 && address <= g_ranges[g_count - 1].end + kGapPages * g_page) {
    g_ranges[g_count - 1].end = address + g_page;
  } else if (g_count < kMostRanges) {
    g_ranges[g_count++] = {address, address + g_page};
  }
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
  return data;
}

void populate_pages() {
  for (std::size_t i = 0; i < g_count; ++i) {
    const Range& range = g_ranges[i];
    // A range that this worker has not mapped yet is none of its pages now; a kernel that does not
    // know the advice knows it for none.
    if (::madvise(reinterpret_cast<void*>(range.start), range.end - range.start,
                  MADV_POPULATE_WRITE) != 0 &&
        errno == EINVAL) {
      return;
    }
  }
}

}  // namespace playground::pool
