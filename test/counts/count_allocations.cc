// malloc() and its kin as the C library has them, but counted: what is linked with this file writes
// how often they were called into the file that COUNT_ALLOCATIONS names, two numbers of 64 bits: by
// the main thread, and by all others.
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "base/check.h"

namespace {

struct Counts {
  std::atomic<std::uint64_t> main_thread;
  std::atomic<std::uint64_t> others;
};

Counts* counts = nullptr;
pthread_t main_thread;

__attribute__((constructor)) void open_counts() {
  const char* path = std::getenv("COUNT_ALLOCATIONS");
  if (path == nullptr) return;
  int fd = ::open(path, O_RDWR | O_CLOEXEC);
  PLAYGROUND_CHECK(fd >= 0 && ::ftruncate(fd, sizeof(Counts)) == 0);
  void* shared = ::mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  PLAYGROUND_CHECK(shared != MAP_FAILED);
  ::close(fd);
  main_thread = ::pthread_self();
  counts = static_cast<Counts*>(shared);
}

void count() {
  if (counts == nullptr) return;
  bool main = ::pthread_equal(::pthread_self(), main_thread) != 0;
  (main ? counts->main_thread : counts->others).fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

extern "C" {

// The C library's own names of what is replaced here.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  count();
  return __libc_malloc(size);
}

void* calloc(std::size_t number, std::size_t size) {
  count();
  return __libc_calloc(number, size);
}

void* realloc(void* memory, std::size_t size) {
  count();
  return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  count();
  *memory = __libc_memalign(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}

}  // extern "C"
