// Turns: whose program runs next. Programs that somebody waits for come before those of batches,
// which never take more than their share of the places; so that they get on, one of them runs at
// any time, or every other one where there is a single place. Within each of the two kinds callers
// take turns (FairQueue). No event loop, no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "exec/fair_queue.h"

namespace playground::exec {

class Turns {
 public:
  // `batch_share`: programs of batches that may run at once, at least 1.
  explicit Turns(std::size_t batch_share) : batch_share_(batch_share) {}

  // Those that wait.
  FairQueue& queue(bool batch) { return batch ? batch_ : single_; }
  const FairQueue& queue(bool batch) const { return batch ? batch_ : single_; }

  // Somebody may run, if there is a place.
  bool due() const { return !single_.empty() || batch_is_due(); }
  // Whose turn it is. Somebody must be due.
  std::uint64_t pop();

  // A program of a batch that pop() has given has ended.
  void on_batch_ended() { --batch_running_; }
  std::size_t batch_running() const { return batch_running_; }

  bool remove(std::uint64_t id) { return single_.remove(id) || batch_.remove(id); }
  void clear();

 private:
  bool batch_is_due() const { return !batch_.empty() && batch_running_ < batch_share_; }

  std::size_t batch_share_;
  std::size_t batch_running_ = 0;
  bool went_ahead_ = false;  // one of a batch, of others that waited, and none of these since
  FairQueue single_;
  FairQueue batch_;
};

}  // namespace playground::exec
