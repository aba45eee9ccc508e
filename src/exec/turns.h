// Turns: whose program runs next. Programs that somebody waits for come before those of batches,
// which never take more than their share of the places; so that they get on, one of them runs at
// any time, or every other one where there is a single place. Within each of the two kinds callers
// take turns (FairQueue), in a lane for each interpreter: one that waits for an interpreter holds
// up none of another's. No event loop, no clock.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "exec/fair_queue.h"

namespace playground::exec {

class Turns {
 public:
  // `batch_share`: programs of batches that may run at once, over all lanes; at least 1.
  explicit Turns(std::size_t batch_share, std::size_t lanes = 1)
      : batch_share_(batch_share), single_(lanes), batch_(lanes) {}

  // Nobody waits.
  bool empty() const { return single_.empty() && batch_.empty(); }
  // Those that wait.
  FairQueue& queue(bool batch) { return batch ? batch_ : single_; }
  const FairQueue& queue(bool batch) const { return batch ? batch_ : single_; }

  // Whose turn it is among those whose lane `moves` allows; none where nobody may run.
  std::optional<std::uint64_t> pop(const std::function<bool(std::size_t lane)>& moves);

  // A program of a batch that pop() has given has ended.
  void on_batch_ended() { --batch_running_; }
  std::size_t batch_running() const { return batch_running_; }
  // How many of that lane wait which the share of batches does not hold back.
  std::size_t waiting(std::size_t lane) const {
    return single_.size_of(lane) + std::min(batch_.size_of(lane), batch_share_ - batch_running_);
  }

  bool remove(std::uint64_t id) { return single_.remove(id) || batch_.remove(id); }
  void clear();

 private:
  std::size_t batch_share_;
  std::size_t batch_running_ = 0;
  bool went_ahead_ = false;  // one of a batch, of others that waited, and none of these since
  FairQueue single_;
  FairQueue batch_;
};

}  // namespace playground::exec
