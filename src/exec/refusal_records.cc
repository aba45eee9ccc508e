#include "exec/refusal_records.h"

#include <algorithm>
#include <utility>

namespace playground::exec {

const RefusedCalls& RefusalRecords::add(int pid, std::string_view name, bool foreign) {
  RefusedCalls& calls = records_[pid];
  ++calls.count;
  calls.foreign |= foreign;
  bool known = std::find(calls.names.begin(), calls.names.end(), name) != calls.names.end();
  if (!known && calls.names.size() < kMostNames) calls.names.emplace_back(name);
  return calls;
}

RefusedCalls RefusalRecords::take(int pid) {
  auto node = records_.extract(pid);
  return node.empty() ? RefusedCalls{} : std::move(node.mapped());
}

}  // namespace playground::exec
