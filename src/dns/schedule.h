// Schedule: when a name is looked up next. Pure: the time comes from the caller.
#pragma once

#include <chrono>

#include "base/backoff.h"
#include "base/clock.h"

namespace playground::dns {

class Schedule {
 public:
  // An answer is good for its TTL, within these: a name without any (0 is also what c-ares gives
  // for the hosts file) is not asked for in a loop, and one that promises a day is not believed so
  // long.
  static constexpr std::chrono::seconds kLeastTtl{1};
  static constexpr std::chrono::seconds kMostTtl{300};
  // Between the end of a look-up and the start of the next, however urgent.
  static constexpr std::chrono::seconds kLeastInterval{1};
  // After failures: 1, 1, 2, 4 … seconds up to this.
  static constexpr std::chrono::seconds kMostBackoff{30};

  // The first look-up is due at once.
  explicit Schedule(TimePoint now) : due_(now) {}

  // A look-up has ended with an answer, or without one.
  void answered(TimePoint now, std::chrono::seconds ttl);
  void failed(TimePoint now);
  // Someone could not connect to what the last answer says, or waits for the first one: the next
  // look-up is due as soon as kLeastInterval allows.
  void urge(TimePoint now);

  TimePoint due() const { return due_; }

 private:
  TimePoint due_;
  TimePoint not_before_ = TimePoint::min();
  Backoff backoff_{kLeastInterval, kMostBackoff};
};

}  // namespace playground::dns
