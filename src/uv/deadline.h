// Deadline: a time limit that moves with every request, at the price of a clock reading: its timer
// moves only when it would come too late, and looks again when it comes too early.
#pragma once

#include <functional>

#include "base/clock.h"
#include "uv/timer.h"

namespace playground::uv {

class Deadline {
 public:
  // `on_over` may drop the Deadline; it comes once for each set() that was not moved or cleared.
  Deadline(Loop& loop, std::function<void()> on_over);

  // From now on; replaces what was set.
  void set(milliseconds delay);
  void clear() { due_ = TimePoint::max(); }

 private:
  void on_timer();

  std::function<void()> on_over_;
  TimePoint due_ = TimePoint::max();
  TimePoint timer_due_ = TimePoint::max();  // may lie before `due_`, never behind
  Owned<Timer> timer_;
};

}  // namespace playground::uv
