#include "exec/turns.h"

namespace playground::exec {

std::optional<std::uint64_t> Turns::pop(const std::function<bool(std::size_t lane)>& moves) {
  auto single = single_.next_lane(moves);
  auto batch = batch_running_ < batch_share_ ? batch_.next_lane(moves) : std::nullopt;
  if (!single && !batch) return std::nullopt;
  bool may_go_ahead = batch_running_ == 0 && !went_ahead_;
  bool goes = batch && (!single || may_go_ahead);
  went_ahead_ = goes && single;
  if (!goes) return single_.pop(*single);
  ++batch_running_;
  return batch_.pop(*batch);
}

void Turns::clear() {
  single_.clear();
  batch_.clear();
}

}  // namespace playground::exec
