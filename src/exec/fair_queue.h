// FairQueue: programs that wait, each with its caller. Callers take turns: one that has queued a
// thousand programs and one that has queued a single one get the same share of the interpreters.
// Within a caller it is first come, first served. No event loop, no clock.
//
// Every step takes O(log n) in the number of programs that wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace playground::exec {

class FairQueue {
 public:
  // Ids grow with the time at which programs were submitted, and none is pushed that waits already.
  // A caller that has nothing waiting yet is the last to have its turn.
  void push(std::uint64_t id, std::string_view caller);
  // For a program that had its turn and could not use it: it is the next to be popped.
  void push_front(std::uint64_t id, std::string_view caller);

  // The next program of the caller whose turn it is. The queue must not be empty.
  std::uint64_t pop();

  // The program that was submitted before all the others. The queue must not be empty.
  std::uint64_t oldest() const { return waiting_.begin()->first; }

  // Whoever it is; false when it does not wait.
  bool remove(std::uint64_t id);

  // Takes out, for a newcomer of `caller` to a full queue, the last program of the caller that has
  // most waiting; none where that would leave the newcomer's caller with more than the other: then
  // the newcomer has to go.
  std::optional<std::uint64_t> displace_for(std::string_view caller);

  void clear();
  bool empty() const { return waiting_.empty(); }
  std::size_t size() const { return waiting_.size(); }
  // Callers that have programs waiting.
  std::size_t callers() const { return callers_.size(); }

 private:
  struct Line;
  using Ring = std::list<Line*>;
  // The programs of one caller.
  struct Line {
    std::string_view caller;  // its key in callers_
    std::list<std::uint64_t> ids;
    Ring::iterator turn;
  };
  struct Place {
    Line* line;
    std::list<std::uint64_t>::iterator position;
  };
  using BySize = std::set<std::pair<std::size_t, Line*>>;

  Line& line_of(std::string_view caller, Ring::iterator turn);
  void resize(Line& line, std::size_t before);
  void erase(std::map<std::uint64_t, Place>::iterator waiting);

  std::map<std::string, Line, std::less<>> callers_;
  Ring ring_;       // whose turn it is comes first
  BySize by_size_;  // how many wait, and of whom
  std::map<std::uint64_t, Place> waiting_;
};

}  // namespace playground::exec
