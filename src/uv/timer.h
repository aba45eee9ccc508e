// Timer: calls back once after a delay, or again and again. Starting it anew replaces what was due.
#pragma once

#include <functional>

#include "base/clock.h"
#include "base/recycled.h"
#include "uv/handle.h"
#include "uv/loop.h"

namespace playground::uv {

class Timer final : public Handle, public Recycled<Timer> {
 public:
  // The callback may drop the timer.
  static Owned<Timer> create(Loop& loop, std::function<void()> on_due);

  void start(milliseconds delay) { arm(never_early(delay), milliseconds{0}); }
  // May come up to a millisecond early, and so, the loop's clock being what it is, not as late.
  void start_early(milliseconds delay) { arm(delay, milliseconds{0}); }
  void repeat(milliseconds every) { arm(never_early(every), every); }
  void stop() { uv_timer_stop(&timer_); }
  bool active() const { return uv_is_active(reinterpret_cast<const uv_handle_t*>(&timer_)) != 0; }

 private:
  explicit Timer(std::function<void()> on_due) : on_due_(std::move(on_due)) {}
  ~Timer() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&timer_); }
  void detach() override { detached_ = true; }
  static milliseconds never_early(milliseconds delay);
  void arm(milliseconds delay, milliseconds every);

  uv_timer_t timer_{};
  std::function<void()> on_due_;
  bool detached_ = false;
};

}  // namespace playground::uv
