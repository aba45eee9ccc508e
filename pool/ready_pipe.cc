#include "pool/ready_pipe.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pool/io.h"
#include "pool/protocol.h"

namespace playground::pool {
namespace {

// The last one for which the kernel needs no greater table.
constexpr int kOutOfTheWay = 63;

std::uint64_t microseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(time.tv_usec);
}

}  // namespace

bool move_ready_pipe() {
  return ::dup3(protocol::kReadyFd, kOutOfTheWay, O_CLOEXEC) >= 0 &&
         ::close(protocol::kReadyFd) == 0;
}

int ready_pipe() {
  return kOutOfTheWay;
}

bool say_ready(std::uint64_t id) {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  protocol::Ready ready;
  ready.id = id;
  ready.cpu_us =
      static_cast<std::uint32_t>(microseconds(used.ru_utime) + microseconds(used.ru_stime));
  ready.peak_kb = static_cast<std::uint64_t>(used.ru_maxrss);
  return write_fully(kOutOfTheWay, &ready, sizeof ready) && ::close(kOutOfTheWay) == 0;
}

}  // namespace playground::pool
