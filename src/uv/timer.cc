#include "uv/timer.h"

#include <algorithm>

#include "base/check.h"

namespace playground::uv {

Owned<Timer> Timer::create(Loop& loop, std::function<void()> on_due) {
  Owned<Timer> timer(new Timer(std::move(on_due)));
  uv_timer_init(loop.raw(), &timer->timer_);
  timer->timer_.data = timer.get();
  return timer;
}

// libuv counts in whole milliseconds, cut off: a timer would be early by a part of one.
milliseconds Timer::never_early(milliseconds delay) {
  return delay.count() > 0 ? delay + milliseconds{1} : delay;
}

void Timer::arm(milliseconds delay, milliseconds every) {
  // The cached time may lie behind by as long as this turn has taken.
  uv_update_time(timer_.loop);
  auto ms = [](milliseconds d) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, d.count()));
  };
  int failed = uv_timer_start(
      &timer_,
      [](uv_timer_t* raw) {
        auto* timer = static_cast<Timer*>(raw->data);
        if (!timer->detached_) timer->on_due_();
      },
      ms(delay), ms(every));
  PLAYGROUND_CHECK(failed == 0);
}

}  // namespace playground::uv
