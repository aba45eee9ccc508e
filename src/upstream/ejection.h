// Ejection: how long a backend is left alone after failures of one kind: a second at first, doubled
// each time up to half a minute, forgotten after ten seconds of success. Pure: time is a parameter.
#pragma once

#include <optional>

#include "base/clock.h"

namespace playground::upstream {

class Ejection {
 public:
  static constexpr milliseconds kFirst{1000};
  static constexpr milliseconds kLongest{30'000};
  static constexpr milliseconds kForgottenAfter{10'000};

  // A request failed. True when that begins an ejection; one that was sent before the last ejection
  // ended belongs to the same incident, and changes nothing.
  bool hit(TimePoint sent_at, TimePoint now);

  // A request succeeded.
  void on_success(TimePoint sent_at, TimePoint now);

  // Ends it now, and forgets.
  void forgive(TimePoint now);

  bool active(TimePoint now) const { return now < until_; }
  // When the last one ended, or will; TimePoint{} before the first.
  TimePoint until() const { return until_; }

 private:
  milliseconds length_{0};  // of the last one; 0: nothing is remembered
  TimePoint until_{};
  std::optional<TimePoint> good_since_;
};

}  // namespace playground::upstream
