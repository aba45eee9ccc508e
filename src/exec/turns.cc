#include "exec/turns.h"

namespace playground::exec {

std::uint64_t Turns::pop() {
  bool batch = batch_is_due() && (single_.empty() || batch_running_ == 0);
  if (!batch) return single_.pop();
  ++batch_running_;
  return batch_.pop();
}

void Turns::clear() {
  single_.clear();
  batch_.clear();
}

}  // namespace playground::exec
