#include "upstream/health.h"

#include <algorithm>

namespace playground::upstream {
namespace {

constexpr double kFirstShare = 0.1;

}  // namespace

bool Health::on_check_passed(TimePoint now) {
  failed_ = 0;
  ++passed_;
  bool rises = by_checks_ == State::unchecked || (by_checks_ == State::down && passed_ >= kRise);
  bool forgiven = passed_ == kRise && connects_.active(now);
  if (passed_ >= kRise) connects_.forgive(now);
  if (rises) {
    if (by_checks_ == State::down) up_since_ = now;
    by_checks_ = State::up;
  }
  return rises || forgiven;
}

bool Health::on_check_failed(std::string_view why) {
  passed_ = 0;
  ++failed_;
  down_why_ = why;
  bool falls = by_checks_ == State::unchecked || (by_checks_ == State::up && failed_ >= kFall);
  if (falls) by_checks_ = State::down;
  return falls;
}

bool Health::on_failure(Blame blame, std::string_view why, TimePoint sent_at, TimePoint now) {
  if (blame == Blame::none) return false;
  // Only checks that pass after it can forgive it.
  if (blame == Blame::connect) passed_ = 0;
  Ejection& ejection = blame == Blame::connect ? connects_ : replies_;
  bool begins = ejection.hit(sent_at, now);
  if (begins) ejected_why_ = why;
  return begins;
}

void Health::on_success(TimePoint sent_at, TimePoint now) {
  connects_.on_success(sent_at, now);
  replies_.on_success(sent_at, now);
}

Health::State Health::state(TimePoint now) const {
  if (by_checks_ == State::down) return State::down;
  return connects_.active(now) || replies_.active(now) ? State::ejected : by_checks_;
}

std::string_view Health::why(TimePoint now) const {
  switch (state(now)) {
    case State::unchecked:
    case State::up:
      return "";
    case State::down:
      return down_why_;
    case State::ejected:
      return ejected_why_;
  }
  return "";
}

double Health::share(TimePoint now) const {
  State current = state(now);
  if (current == State::down || current == State::ejected) return 0;
  TimePoint recovered = recovered_at();
  if (recovered == TimePoint{} || now - recovered >= slow_start_) return 1;
  return std::max(kFirstShare, to_ms(now - recovered) / to_ms(slow_start_));
}

TimePoint Health::recovered_at() const {
  return std::max({up_since_, connects_.until(), replies_.until()});
}

std::string_view to_string(Health::State state) {
  switch (state) {
    case Health::State::unchecked:
      return "unchecked";
    case Health::State::up:
      return "up";
    case Health::State::down:
      return "down";
    case Health::State::ejected:
      return "ejected";
  }
  return "";
}

}  // namespace playground::upstream
