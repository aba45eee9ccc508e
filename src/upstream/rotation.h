// Rotation: whose turn it is. All turns of a round are laid out when it is made, so that taking one
// is one step of a counter, which the threads of several loops may do at once: the turns that they
// take together follow the same order. Equal weights alternate strictly; the turns of one that is
// left out go to whoever comes next, it does not make up for them, and the others' order stays what
// it was. No loop, no clock.
#pragma once

#include <atomic>
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

  // From any thread. Takes the next turn and returns whose it was. `shares` says for each backend
  // how much of its weight counts at this moment: 0 leaves it out, 1 is all. nullopt when all are
  // left out.
  std::optional<std::size_t> next(std::span<const double> shares);

 private:
  bool takes(std::size_t index, double share);

  std::vector<std::size_t> round_;
  std::atomic<std::uint64_t> turn_ = 0;  // 64 bits last for centuries
  // Of each backend: the parts of turns that it was given while its share was not whole.
  std::vector<std::atomic<std::uint32_t>> parts_;
};

}  // namespace playground::upstream
