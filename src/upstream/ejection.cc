#include "upstream/ejection.h"

#include <algorithm>

namespace playground::upstream {

bool Ejection::hit(TimePoint sent_at, TimePoint now) {
  if (sent_at < until_) return false;
  bool forgotten = good_since_ && now - *good_since_ >= kForgottenAfter;
  bool first = forgotten || length_ == milliseconds{0};
  length_ = first ? kFirst : std::min(length_ * 2, kLongest);
  until_ = now + length_;
  good_since_.reset();
  return true;
}

void Ejection::on_success(TimePoint sent_at, TimePoint now) {
  if (length_ == milliseconds{0} || sent_at < until_ || good_since_) return;
  good_since_ = now;
}

void Ejection::forgive(TimePoint now) {
  until_ = std::min(until_, now);
  length_ = milliseconds{0};
  good_since_.reset();
}

}  // namespace playground::upstream
