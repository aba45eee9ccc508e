// SpareMemory: what requests leave in the hands of the C library. The next ones get it again, for a
// page that is new from the kernel costs a fault, and with a megabyte of source or output these
// were half of the server's work. What is not used again goes back a moment later: one busy minute
// must not count for ever against a container's limit.
#pragma once

#include "base/clock.h"
#include "http/server.h"
#include "uv/loop.h"
#include "uv/timer.h"

namespace playground::app {

// From now on the C library keeps blocks that fit a usual request or reply, up to kMostSpare of
// them in each thread's heap, instead of giving each back at once. For the whole process.
void keep_spare_memory();

// Larger blocks are had from the kernel one by one, and go back when they are freed: so few ask for
// them that they must not leave gaps of that size.
constexpr int kLargeBlock = 4 * 1024 * 1024;
constexpr int kMostSpare = 8 * 1024 * 1024;

// In front of what a role answers with.
class SpareMemory final : public http::Handler {
 public:
  static constexpr milliseconds kMoment{1000};

  // `next` outlives it. The whole process's memory goes back, other loops' included, `moment` after
  // an exchange of this role on this loop has ended, and for these not more often.
  SpareMemory(uv::Loop& loop, http::Handler& next, milliseconds moment = kMoment);

  void handle(http::Request&& request, http::Responder responder) override;
  void on_exchange(const http::Exchange& exchange) override;

 private:
  const milliseconds moment_;
  http::Handler& next_;
  uv::Owned<uv::Timer> timer_;
};

}  // namespace playground::app
