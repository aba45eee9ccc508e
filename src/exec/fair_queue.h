// FairQueue: programs that wait, each with its caller. Callers take turns: one that has queued a
// thousand programs and one that has queued a single one get the same share of the interpreters.
// Within a caller it is first come, first served. No event loop, no clock.
//
// Programs that wait for different things wait in different lanes: a lane that can't move on holds
// up no other. Turns are one order over all of them; a caller in two lanes counts as two.
//
// Every step takes O(log n) in the number of programs that wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/recycled.h"

namespace playground::exec {

class FairQueue {
 public:
  explicit FairQueue(std::size_t lanes = 1) : lanes_(lanes) {}
  FairQueue(const FairQueue&) = delete;
  FairQueue& operator=(const FairQueue&) = delete;

  // Ids grow with the time at which programs were submitted, and none is pushed that waits already.
  // A caller that has nothing waiting yet is the last to have its turn.
  void push(std::uint64_t id, std::string_view caller, std::size_t lane = 0);
  // For a program that had its turn and could not use it: it is the next to be popped.
  void push_front(std::uint64_t id, std::string_view caller, std::size_t lane = 0);

  // The lane of the caller whose turn it is, among those that `moves` allows; none when nothing
  // waits in them.
  std::optional<std::size_t> next_lane(const std::function<bool(std::size_t lane)>& moves) const;

  // The next program of the caller whose turn it is in the lane, in which something must wait.
  std::uint64_t pop(std::size_t lane = 0);

  // The program that was submitted before all the others. The queue must not be empty.
  std::uint64_t oldest() const { return waiting_.begin()->first; }

  // Whoever it is; false when it does not wait.
  bool remove(std::uint64_t id);

  // Takes out, for a newcomer of `caller` to a full queue, the last program of the caller that has
  // most waiting; none where that would leave the newcomer's caller with more than the other: then
  // the newcomer has to go.
  std::optional<std::uint64_t> displace_for(std::string_view caller, std::size_t lane = 0);

  void clear();
  bool empty() const { return waiting_.empty(); }
  std::size_t size() const { return waiting_.size(); }
  std::size_t size_of(std::size_t lane) const { return lanes_[lane].size; }
  // Callers that have programs waiting, in each lane for itself.
  std::size_t callers() const { return by_size_.size(); }

 private:
  struct Lane;
  struct Line;
  using Ring = RecycledList<Line*>;
  // The programs of one caller in one lane.
  struct Line {
    Lane* lane;
    std::string_view caller;  // its key in the lane
    RecycledList<std::uint64_t> ids;
    Ring::iterator place;    // in the lane's ring
    std::uint64_t turn = 0;  // lines of all lanes have their turns in this order; 0: now
  };
  struct Lane {
    RecycledMap<std::string, Line> callers;
    Ring ring;  // whose turn it is comes first
    std::size_t size = 0;
  };
  struct Waiting {
    Line* line;
    RecycledList<std::uint64_t>::iterator position;
  };
  using BySize = RecycledSet<std::pair<std::size_t, Line*>>;
  using ById = RecycledMap<std::uint64_t, Waiting>;

  Line& line_of(std::string_view caller, Lane& lane);
  void resize(Line& line, std::size_t before);
  void erase(ById::iterator waiting);

  std::vector<Lane> lanes_;
  std::uint64_t last_turn_ = 0;
  BySize by_size_;  // how many wait, and of whom
  ById waiting_;
};

}  // namespace playground::exec
