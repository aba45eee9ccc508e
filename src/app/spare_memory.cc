#include "app/spare_memory.h"

#include <malloc.h>

#include <cstddef>
#include <utility>

namespace playground::app {
namespace {

// What stays at the end of the main heap: the next small requests need it at once.
constexpr std::size_t kStays = 256 * 1024;

}  // namespace

void keep_spare_memory() {
  // Both fixed, or glibc would raise them with the first large block and keep memory of that size
  // from then on (mallopt(3)).
  ::mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  ::mallopt(M_TRIM_THRESHOLD, kMostSpare);
}

SpareMemory::SpareMemory(uv::Loop& loop, http::Handler& next, milliseconds moment)
    : moment_(moment),
      next_(next),
      // Blocks still in use may keep the heap's end where it is: gaps between them go back, too.
      timer_(uv::Timer::create(loop, [] { ::malloc_trim(kStays); })) {}

void SpareMemory::handle(http::Request&& request, http::Responder responder) {
  next_.handle(std::move(request), std::move(responder));
}

void SpareMemory::on_exchange(const http::Exchange& exchange) {
  next_.on_exchange(exchange);
  if (!timer_->active()) timer_->start(moment_);
}

}  // namespace playground::app
