// Health: whether one backend gets requests, from what its checks and its requests have shown.
// Pure: time is a parameter.
//
//   unchecked ──first check──▶ up ──3 checks failed──▶ down ──2 passed──▶ up
//   ejected: on top of these, for as long as failures of real requests say (ejection.h)
//
// A passing check alone does not end an ejection, for what answers checks may still fail at
// programs; only where it could not be connected to, two of them do.
#pragma once

#include <string>
#include <string_view>

#include "upstream/ejection.h"

namespace playground::upstream {

class Health {
 public:
  enum class State { unchecked, up, down, ejected };

  // What a failed request says of the backend.
  enum class Blame {
    none,
    connect,  // it could not be reached: nothing was sent
    reply,    // it was reached, and failed
  };

  static constexpr int kFall = 3;
  static constexpr int kRise = 2;

  // After an outage the share grows from a tenth to all over `slow_start`; 0: it is all at once.
  explicit Health(milliseconds slow_start) : slow_start_(slow_start) {}

  // `why` says for people what is wrong; it is kept where it explains the state.
  // Each returns true when the state has changed for the rotation.
  bool on_check_passed(TimePoint now);
  bool on_check_failed(std::string_view why);
  bool on_failure(Blame blame, std::string_view why, TimePoint sent_at, TimePoint now);

  void on_success(TimePoint sent_at, TimePoint now);

  State state(TimePoint now) const;
  // What brought it into a state other than up; empty when up or unchecked.
  std::string_view why(TimePoint now) const;
  // 0 while it gets nothing, 1 when it gets all that its weight gives it.
  double share(TimePoint now) const;
  bool checked() const { return by_checks_ != State::unchecked; }

 private:
  TimePoint recovered_at() const;

  milliseconds slow_start_;
  State by_checks_ = State::unchecked;
  int passed_ = 0;  // checks in a row
  int failed_ = 0;
  TimePoint up_since_{};  // TimePoint{}: was never down
  Ejection connects_;
  Ejection replies_;
  std::string down_why_;
  std::string ejected_why_;
};

// "unchecked", "up", "down", "ejected".
std::string_view to_string(Health::State state);

}  // namespace playground::upstream
