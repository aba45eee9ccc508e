#include "exec/fair_queue.h"

#include <iterator>

#include "base/check.h"

namespace playground::exec {

void FairQueue::push(std::uint64_t id, std::string_view caller) {
  Line& line = line_of(caller, ring_.end());
  line.ids.push_back(id);
  waiting_.emplace(id, Place{&line, std::prev(line.ids.end())});
  resize(line, line.ids.size() - 1);
}

void FairQueue::push_front(std::uint64_t id, std::string_view caller) {
  Line& line = line_of(caller, ring_.begin());
  ring_.splice(ring_.begin(), ring_, line.turn);
  line.ids.push_front(id);
  waiting_.emplace(id, Place{&line, line.ids.begin()});
  resize(line, line.ids.size() - 1);
}

std::uint64_t FairQueue::pop() {
  PLAYGROUND_CHECK(!ring_.empty());
  Line& line = *ring_.front();
  std::uint64_t id = line.ids.front();
  // The next turn is the next caller's.
  ring_.splice(ring_.end(), ring_, line.turn);
  erase(waiting_.find(id));
  return id;
}

bool FairQueue::remove(std::uint64_t id) {
  auto waiting = waiting_.find(id);
  if (waiting == waiting_.end()) return false;
  erase(waiting);
  return true;
}

// Whoever displaces has afterwards no more than the one that was displaced: two callers can't push
// each other out in turns, and each ends with an equal share of a queue that stays full.
std::optional<std::uint64_t> FairQueue::displace_for(std::string_view caller) {
  if (by_size_.empty()) return std::nullopt;
  auto [most, line] = *by_size_.rbegin();
  auto own = callers_.find(caller);
  std::size_t held = own == callers_.end() ? 0 : own->second.ids.size();
  if (most < held + 2) return std::nullopt;
  std::uint64_t last = line->ids.back();
  erase(waiting_.find(last));
  return last;
}

void FairQueue::clear() {
  waiting_.clear();
  by_size_.clear();
  ring_.clear();
  callers_.clear();
}

// A new one gets its turn before `turn`.
FairQueue::Line& FairQueue::line_of(std::string_view caller, Ring::iterator turn) {
  auto known = callers_.find(caller);
  if (known != callers_.end()) return known->second;
  auto added = callers_.emplace(std::string(caller), Line{}).first;
  Line& line = added->second;
  line.caller = added->first;
  line.turn = ring_.insert(turn, &line);
  return line;
}

void FairQueue::resize(Line& line, std::size_t before) {
  if (before > 0) by_size_.erase({before, &line});
  if (!line.ids.empty()) by_size_.emplace(line.ids.size(), &line);
}

void FairQueue::erase(std::map<std::uint64_t, Place>::iterator waiting) {
  Line& line = *waiting->second.line;
  line.ids.erase(waiting->second.position);
  waiting_.erase(waiting);
  resize(line, line.ids.size() + 1);
  if (!line.ids.empty()) return;
  ring_.erase(line.turn);
  callers_.erase(callers_.find(line.caller));
}

}  // namespace playground::exec
