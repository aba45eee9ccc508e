#include "uv/deadline.h"

#include <utility>

namespace playground::uv {

Deadline::Deadline(Loop& loop, std::function<void()> on_over)
    : on_over_(std::move(on_over)), timer_(Timer::create(loop, [this] { on_timer(); })) {}

void Deadline::set(milliseconds delay) {
  due_ = Clock::now() + delay;
  if (due_ >= timer_due_) return;
  timer_due_ = due_;
  timer_->start(delay);
}

void Deadline::on_timer() {
  timer_due_ = TimePoint::max();
  if (due_ == TimePoint::max()) return;
  auto left = std::chrono::ceil<milliseconds>(due_ - Clock::now());
  if (left > milliseconds::zero()) return set(left);
  clear();
  auto on_over = on_over_;  // a copy, for it may be dropped by what it does
  on_over();
}

}  // namespace playground::uv
