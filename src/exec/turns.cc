#include "exec/turns.h"

namespace playground::exec {

std::uint64_t Turns::pop() {
  bool may_go_ahead = batch_running_ == 0 && !went_ahead_;
  bool batch = batch_is_due() && (single_.empty() || may_go_ahead);
  went_ahead_ = batch && !single_.empty();
  if (!batch) return single_.pop();
  ++batch_running_;
  return batch_.pop();
}

void Turns::clear() {
  single_.clear();
  batch_.clear();
}

}  // namespace playground::exec
