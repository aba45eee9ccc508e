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

void Timer::arm(milliseconds delay, milliseconds every) {
  // libuv counts from its cached time, which may lie behind by as long as this turn has taken, and
  // in whole milliseconds, cut off: a timer would be early by a part of one.
  uv_update_time(timer_.loop);
  auto ms = [](milliseconds d) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, d.count()));
  };
  if (delay.count() > 0) ++delay;
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
