// RefillPolicy: when an interpreter gets further workers, how many, and when it ends some that
// nobody needs any more. Making a worker takes as much processor time as a small program, and takes
// it from those that run: what is missing is made up for in one go, so that most programs see no
// fork beside them. No event loop, and no clock but what it is told.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/clock.h"

namespace playground::exec {

struct RefillSizes {
  std::size_t size = 0;  // workers that are kept ready
  std::size_t most = 0;  // that there may be, ready and on the way, while programs wait for them
  std::size_t processors = 1;  // that programs may use at a time; a Pool sets it
};

struct RefillView {
  std::size_t ready = 0;  // of the present zygote
  std::size_t on_the_way = 0;
  std::size_t running = 0;  // programs, those of other interpreters included
  std::size_t demand = 0;   // programs that might run now, and have no worker
  bool warm = true;         // all have been ready once
};

struct RefillStep {
  std::size_t want = 0;               // workers that are to be on the way
  bool patient = false;               // these let programs have the processor meanwhile
  std::size_t give_back = 0;          // ready ones that are to end
  std::optional<milliseconds> again;  // look again after so long; none: at the next event
};

class RefillPolicy {
 public:
  // What is missing is ordered when half of all is; when no program has run for kQuiet; and after
  // kPatience.
  static constexpr milliseconds kQuiet{2};
  static constexpr milliseconds kPatience{20};
  // Where a program has had to wait, so many are kept at least: by the time that one has been made,
  // a client that asks again as soon as it has its reply has used up another.
  static constexpr std::size_t kFew = 4;
  // Workers beyond `size` are kept for kHold after the demand, for one burst often follows another;
  // then some are ended every kGiveBack, the more the more there are: a thousand within 0.5 s, and
  // few enough at a time that programs don't notice.
  static constexpr milliseconds kHold{400};
  static constexpr milliseconds kGiveBack{5};

  // `most` is no less than `size`.
  explicit RefillPolicy(RefillSizes sizes);

  // At every change of what `view` shows, and when it is time to look again. `now` never goes back.
  RefillStep next(const RefillView& view, TimePoint now);

  // Another zygote takes over, beside whose workers there are those of the one before.
  void forget_growth() { grown_ = 0; }

 private:
  std::size_t target() const;
  void grow(std::size_t demand, TimePoint now);
  void note(const RefillView& view, std::size_t short_of, TimePoint now);
  bool has_time(const RefillView& view) const;
  bool is_due(const RefillView& view, TimePoint now) const;
  std::optional<milliseconds> due_in(TimePoint now) const;
  void give_back(std::size_t surplus, TimePoint now, RefillStep& step);

  RefillSizes sizes_;
  std::size_t grown_ = 0;  // what there are to be instead of `size`; 0: not grown
  TimePoint demand_at_;
  TimePoint gave_back_at_;
  std::optional<TimePoint> quiet_since_;  // since when nothing runs
  std::optional<TimePoint> short_since_;  // since when workers are missing that are not on the way
};

// What of `places`, where programs may run, each of several interpreters gets workers for that has
// so many programs `waiting`: equal parts, of which what one can't use goes to the others. They are
// written to `shares`, which is as long.
void share_places(std::size_t places, std::span<const std::size_t> waiting,
                  std::span<std::size_t> shares);

}  // namespace playground::exec
