// Rotation: whose turn it is. Each backend is due at a point of a virtual time that advances with
// the turns taken; the earliest takes its turn and is due again one period later, a period being
// the inverse of its weight. Equal weights alternate strictly; a backend that was left out for a
// while does not make up for it, and the others' order stays what it was. Pure: no loop, no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace playground::upstream {

class Rotation {
 public:
  static constexpr unsigned kMaxWeight = 100;

  // One weight for each backend, 1 to kMaxWeight. At least one backend.
  explicit Rotation(const std::vector<unsigned>& weights);

  // Takes the next turn and returns whose it was. `shares` says for each backend how much of its
  // weight counts at this moment: 0 leaves it out, 1 is all. nullopt when all are left out.
  std::optional<std::size_t> next(std::span<const double> shares);

 private:
  struct Entry {
    std::uint64_t period = 0;  // of virtual time, at full weight
    std::uint64_t due = 0;
    std::uint64_t last_turn = 0;  // among those due together, who has waited longest goes first
  };

  // One that was left out is due now, not in the past.
  std::uint64_t due(const Entry& entry) const;

  std::vector<Entry> entries_;
  std::uint64_t now_ = 0;  // virtual time: when the last turn was due
  std::uint64_t turns_ = 0;
};

}  // namespace playground::upstream
