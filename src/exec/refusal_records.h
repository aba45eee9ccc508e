// RefusalRecords: which system calls of which process were refused. Plain values; what fills them
// is Refusals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace playground::exec {

// What one process was refused.
struct RefusedCalls {
  std::vector<std::string> names;  // each once, in the order of their first time
  std::size_t count = 0;           // of calls
  bool flooded() const;            // more than is put up with: it is to flush its streams and end
  bool deaf() const;               // and goes on
};

class RefusalRecords {
 public:
  // Names that are kept of one process, refused calls after which it is to end, and those that it
  // may make meanwhile.
  static constexpr std::size_t kMostNames = 32;
  static constexpr std::size_t kMostCalls = 1000;
  static constexpr std::size_t kMoreCalls = 100;

  // One more call. The record is good until take().
  const RefusedCalls& add(int pid, std::string_view name);

  // What there is of `pid`, which is forgotten.
  RefusedCalls take(int pid);

  // Processes that there is something of.
  std::size_t size() const { return records_.size(); }

 private:
  std::unordered_map<int, RefusedCalls> records_;
};

inline bool RefusedCalls::flooded() const {
  return count > RefusalRecords::kMostCalls;
}

inline bool RefusedCalls::deaf() const {
  return count > RefusalRecords::kMostCalls + RefusalRecords::kMoreCalls;
}

}  // namespace playground::exec
