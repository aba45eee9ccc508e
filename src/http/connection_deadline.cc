// The part of a Connection that waits no longer.
#include <algorithm>

#include "http/connection.h"

namespace playground::http {

void Connection::begin_transfer(milliseconds period) {
  period_ = period;
  moved_before_ = 0;
  deadline_->set(period);
}

void Connection::on_overdue() {
  if (keeps_rate()) return;
  if (state_ == State::reading_head || state_ == State::reading_body) {
    return on_refused({408, "request_timeout", "the request did not come in time"});
  }
  step(Event::overdue);
}

// Asked once a period, not with each byte. True begins another one.
bool Connection::keeps_rate() {
  bool moves =
      state_ == State::reading_body || state_ == State::blocked || state_ == State::writing;
  if (!moves) return false;
  std::uint64_t now = moved();
  auto wanted = owner_.limits().min_rate * static_cast<std::uint64_t>(period_.count());
  if (now == moved_before_ || (now - moved_before_) * 1000 < wanted) return false;
  moved_before_ = now;
  deadline_->set(period_);
  return true;
}

// Bytes of the transfer so far. A chunk's framing is none of it.
std::uint64_t Connection::moved() const {
  if (state_ == State::reading_body) return parser_.body_bytes();
  return unsent_ - std::min(unsent_, stream_->unsent_bytes());
}

}  // namespace playground::http
