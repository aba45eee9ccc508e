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
  bool foreign = false;            // one was of another architecture

  // It has gone too far: it is to flush its streams and end.
  bool must_end() const;
  // Without ado: it doesn't, or no honest program does such a thing.
  bool must_end_at_once() const;
};

class RefusalRecords {
 public:
  // Names that are kept of one process, refused calls after which it is to end, and those that it
  // may make meanwhile.
  static constexpr std::size_t kMostNames = 32;
  static constexpr std::size_t kMostCalls = 1000;
  static constexpr std::size_t kMoreCalls = 100;

  // One more call, `foreign`: by another architecture's entry. The record is good until take().
  const RefusedCalls& add(int pid, std::string_view name, bool foreign = false);

  // What there is of `pid`, which is forgotten.
  RefusedCalls take(int pid);

  // Processes that there is something of.
  std::size_t size() const { return records_.size(); }

 private:
  std::unordered_map<int, RefusedCalls> records_;
};

inline bool RefusedCalls::must_end() const {
  return foreign || count > RefusalRecords::kMostCalls;
}

inline bool RefusedCalls::must_end_at_once() const {
  return foreign || count > RefusalRecords::kMostCalls + RefusalRecords::kMoreCalls;
}

}  // namespace playground::exec
