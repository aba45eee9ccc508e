// The copy replaces also the code that makes it, the stack protector's canary, the C library's
// data: from the first byte that is copied until the kernel has put the copy in place nothing may
// be written to but the stack, and nothing called that might.
#include "pool/flat_copy.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "pool/huge_pages.h"
#include "pool/io.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25  // Linux 6.1
#endif

namespace playground::pool {
namespace {

constexpr std::uintptr_t kPage = 4096;

// Of the pages of a huge one, so many have to be in use for it to be worth its memory.
constexpr std::size_t kLeastPages = 64;

// Of a part of a huge one so many in a hundred: what is not in use is mapped, too, page by page,
// and looked at by each fork.
constexpr std::size_t kLeastPercent = 60;

// A byte for each page of a cluster: is there anything in it?
class Pages {
 public:
  // `memory`: size_of() zero bytes.
  Pages(const Cluster& cluster, void* memory)
      : start_(cluster.start), used_(static_cast<unsigned char*>(memory)) {}
  static std::uintptr_t size_of(const Cluster& cluster) {
    return ((cluster.end - cluster.start) / kPage + kPage - 1) & ~(kPage - 1);
  }

  bool look(const MemoryMap& map, const Cluster& cluster) {
    const UniqueFd pagemap(::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC));
    if (pagemap.get() < 0) return false;
    for (std::size_t i = 0; i < cluster.count; ++i) {
      if (!look(pagemap.get(), map.extents[cluster.first + i])) return false;
    }
    return true;
  }

  const unsigned char* bytes() const { return used_; }

  std::size_t count(std::uintptr_t from, std::uintptr_t to) const {
    const unsigned char* const first = used_ + (from - start_) / kPage;
    return static_cast<std::size_t>(std::count(first, first + (to - from) / kPage, 1));
  }

 private:
  // Linux, Documentation/admin-guide/mm/pagemap.rst: bit 63 for present, 62 for swapped. A file's
  // pages count even if nobody has looked at them yet.
  bool look(int pagemap, const Extent& extent) {
    constexpr std::uint64_t kThere = 3ULL << 62;
    std::uint64_t words[512];
    for (std::uintptr_t at = extent.start; at < extent.end;) {
      const std::size_t pages = std::min<std::size_t>(512, (extent.end - at) / kPage);
      const auto offset = static_cast<off_t>(at / kPage * sizeof words[0]);
      const auto wanted = static_cast<ssize_t>(pages * sizeof words[0]);
      if (extent.anonymous && ::pread(pagemap, words, pages * sizeof words[0], offset) != wanted) {
        return false;
      }
      for (std::size_t i = 0; i < pages; ++i, at += kPage) {
        used_[(at - start_) / kPage] = !extent.anonymous || (words[i] & kThere) != 0;
      }
    }
    return true;
  }

  std::uintptr_t start_;
  unsigned char* used_;
};

struct Move {
  std::uintptr_t to;  // where the copy is made
  const Cluster* cluster;
  const unsigned char* used;
};

// The calls below go round the C library.
#if defined(__x86_64__)
[[gnu::always_inline]] inline void copy_page(std::uintptr_t to, std::uintptr_t from) {
  std::size_t words = kPage / 8;
  asm volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
}

[[gnu::always_inline]] inline long call(long number, std::uintptr_t a, std::uintptr_t b,
                                        std::uintptr_t c, std::uintptr_t d, std::uintptr_t e) {
  long result = number;
  register std::uintptr_t r10 asm("r10") = d;
  register std::uintptr_t r8 asm("r8") = e;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
               : "rcx", "r11", "memory");
  return result;
}

// 0, or an errno negated. A huge page that can't be had is done without.
[[gnu::noinline]] long move(const Move& job) {
  const std::uintptr_t size = job.cluster->end - job.cluster->start;
  for (std::uintptr_t offset = 0; offset < size; offset += kPage) {
    if (job.used[offset / kPage] != 0) copy_page(job.to + offset, job.cluster->start + offset);
  }
  const long moved =
      call(SYS_mremap, job.to, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, job.cluster->start);
  return moved < 0 ? moved : 0;
}
constexpr const char* kMoveStep = "mremap";
#else
long move(const Move&) {
  return -ENOSYS;
}
constexpr const char* kMoveStep = "an architecture without it";
#endif

// Whether a huge page is in good use for what lies between these addresses.
bool is_worth_it(const Pages& pages, std::uintptr_t from, std::uintptr_t to) {
  const std::size_t used = pages.count(from, to), all = (to - from) / kPage;
  const bool whole = to - from == kHuge;
  return used >= kLeastPages && (whole || used * 100 >= all * kLeastPercent);
}

// Makes huge pages where they are in good use. They are empty as yet: the copy fills them. Of one
// that reaches beyond the cluster a part will be moved, in small pages. These are neighbours in
// memory as well, and of such a fork and an end deal with many at once (Linux 6.9), each in half
// the time of a stray one. The rest of it is given back when memory is short.
void prepare(std::uintptr_t to, const Cluster& cluster, const Pages& pages) {
  const std::uintptr_t end = to + (cluster.end - cluster.start);
  for (std::uintptr_t at = round_down(to); at < end; at += kHuge) {
    const std::uintptr_t from = std::max(at, to), until = std::min(at + kHuge, end);
    if (is_worth_it(pages, cluster.start + (from - to), cluster.start + (until - to))) {
      *reinterpret_cast<volatile char*>(at) = 0;
      ::madvise(reinterpret_cast<void*>(at), kHuge, MADV_COLLAPSE);
    }
  }
}

// One mapping, too large for any gap between those of a cluster: it would vanish with them.
struct Room {
  explicit Room(const Cluster& cluster)
      : size(round_up(cluster.end) - round_down(cluster.start) + kHuge + Pages::size_of(cluster)) {
    void* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE | PROT_EXEC,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) start = reinterpret_cast<std::uintptr_t>(memory);
  }
  // What moved away leaves a hole, which is no error.
  ~Room() {
    if (start != 0) ::munmap(reinterpret_cast<void*>(start), size);
  }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  // The same distance from a boundary of huge pages as in the old place.
  std::uintptr_t copy_of(const Cluster& cluster) const {
    return round_up(start) + (cluster.start - round_down(cluster.start));
  }
  // Behind the last huge page of the copy.
  void* pages_of(const Cluster& cluster) const {
    const std::uintptr_t copied = round_up(cluster.end) - round_down(cluster.start);
    return reinterpret_cast<void*>(round_up(start) + copied);
  }

  std::uintptr_t start = 0;
  std::uintptr_t size;
};

}  // namespace

bool copy_flat(const MemoryMap& map, const Cluster& cluster, const char** step) {
  const std::uintptr_t size = cluster.end - cluster.start;
  if (cluster.mappings < 2 && size < kHuge) return true;
  *step = "memory that can be written to and executed";
  const Room room(cluster);
  if (room.start == 0) return false;
  Pages pages(cluster, room.pages_of(cluster));
  *step = "/proc/self/pagemap";
  if (!pages.look(map, cluster)) return false;
  const std::uintptr_t to = room.copy_of(cluster);
  prepare(to, cluster, pages);
  *step = kMoveStep;
  const long result = move({to, &cluster, pages.bytes()});
  errno = static_cast<int>(-result);
  return result == 0;
}

}  // namespace playground::pool
