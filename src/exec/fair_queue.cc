#include "exec/fair_queue.h"

#include <iterator>

#include "base/check.h"

namespace playground::exec {

void FairQueue::push(std::uint64_t id, std::string_view caller, std::size_t lane) {
  Line& line = line_of(caller, lanes_[lane]);
  line.ids.push_back(id);
  waiting_.emplace(id, Waiting{&line, std::prev(line.ids.end())});
  resize(line, line.ids.size() - 1);
}

void FairQueue::push_front(std::uint64_t id, std::string_view caller, std::size_t lane) {
  Line& line = line_of(caller, lanes_[lane]);
  line.turn = 0;
  Ring& ring = line.lane->ring;
  ring.splice(ring.begin(), ring, line.place);
  line.ids.push_front(id);
  waiting_.emplace(id, Waiting{&line, line.ids.begin()});
  resize(line, line.ids.size() - 1);
}

std::optional<std::size_t> FairQueue::next_lane(
    const std::function<bool(std::size_t lane)>& moves) const {
  std::optional<std::size_t> next;
  std::uint64_t first = 0;
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    const Ring& ring = lanes_[lane].ring;
    if (ring.empty() || !moves(lane)) continue;
    if (next && ring.front()->turn >= first) continue;
    next = lane;
    first = ring.front()->turn;
  }
  return next;
}

std::uint64_t FairQueue::pop(std::size_t lane) {
  Ring& ring = lanes_[lane].ring;
  PLAYGROUND_CHECK(!ring.empty());
  Line& line = *ring.front();
  std::uint64_t id = line.ids.front();
  // The next turn is the next caller's.
  line.turn = ++last_turn_;
  ring.splice(ring.end(), ring, line.place);
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
std::optional<std::uint64_t> FairQueue::displace_for(std::string_view caller, std::size_t lane) {
  if (by_size_.empty()) return std::nullopt;
  auto [most, line] = *by_size_.rbegin();
  const auto& callers = lanes_[lane].callers;
  auto own = callers.find(caller);
  std::size_t held = own == callers.end() ? 0 : own->second.ids.size();
  if (most < held + 2) return std::nullopt;
  std::uint64_t last = line->ids.back();
  erase(waiting_.find(last));
  return last;
}

void FairQueue::clear() {
  waiting_.clear();
  by_size_.clear();
  for (Lane& lane : lanes_) lane = Lane{};
}

// A new one has its turn after all others.
FairQueue::Line& FairQueue::line_of(std::string_view caller, Lane& lane) {
  auto known = lane.callers.find(caller);
  if (known != lane.callers.end()) return known->second;
  auto added = lane.callers.emplace(std::string(caller), Line{}).first;
  Line& line = added->second;
  line.lane = &lane;
  line.caller = added->first;
  line.place = lane.ring.insert(lane.ring.end(), &line);
  line.turn = ++last_turn_;
  return line;
}

void FairQueue::resize(Line& line, std::size_t before) {
  line.lane->size += line.ids.size() - before;
  if (before > 0) by_size_.erase({before, &line});
  if (!line.ids.empty()) by_size_.emplace(line.ids.size(), &line);
}

void FairQueue::erase(ById::iterator waiting) {
  Line& line = *waiting->second.line;
  line.ids.erase(waiting->second.position);
  waiting_.erase(waiting);
  resize(line, line.ids.size() + 1);
  if (!line.ids.empty()) return;
  Lane& lane = *line.lane;
  lane.ring.erase(line.place);
  lane.callers.erase(lane.callers.find(line.caller));
}

}  // namespace playground::exec
