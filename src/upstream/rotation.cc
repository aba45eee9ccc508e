#include "upstream/rotation.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace playground::upstream {
namespace {

// A turn in parts; a power of two, so that a count of parts may overflow.
constexpr std::uint32_t kWhole = 1 << 16;

// However small a share is, its turn comes within this many rounds.
constexpr double kLeastShare = 0.01;

// The k-th turn of weight w is due at (2k + 1) / 2w of the round: the turns of a light one fall
// between those of a heavy one.
struct Entry {
  std::size_t weight;
  std::size_t taken = 0;
  std::size_t last_turn;  // among those due together, who has waited longest goes first
};

bool earlier(const Entry& a, const Entry& b) {
  std::size_t left = (2 * a.taken + 1) * b.weight;
  std::size_t right = (2 * b.taken + 1) * a.weight;
  return left != right ? left < right : a.last_turn < b.last_turn;
}

std::vector<std::size_t> round_of(const std::vector<unsigned>& weights) {
  unsigned divisor = 0;
  std::vector<Entry> entries;
  for (unsigned weight : weights) {
    PLAYGROUND_CHECK(weight >= 1 && weight <= Rotation::kMaxWeight);
    divisor = std::gcd(divisor, weight);
    entries.push_back({.weight = weight, .last_turn = entries.size()});
  }
  PLAYGROUND_CHECK(divisor > 0);  // there is one
  std::size_t turns = std::accumulate(weights.begin(), weights.end(), std::size_t{0}) / divisor;
  std::vector<std::size_t> round;
  while (round.size() < turns) {
    auto next = std::min_element(entries.begin(), entries.end(), earlier);
    next->last_turn = entries.size() + round.size();
    ++next->taken;
    round.push_back(static_cast<std::size_t>(next - entries.begin()));
  }
  return round;
}

}  // namespace

Rotation::Rotation(const std::vector<unsigned>& weights)
    : round_(round_of(weights)), parts_(weights.size()) {}

std::optional<std::size_t> Rotation::next(std::span<const double> shares) {
  PLAYGROUND_CHECK(shares.size() == parts_.size());
  if (std::none_of(shares.begin(), shares.end(), [](double share) { return share > 0; })) {
    return std::nullopt;
  }
  for (;;) {
    std::size_t index = round_[turn_.fetch_add(1, std::memory_order_relaxed) % round_.size()];
    if (takes(index, shares[index])) return index;
  }
}

// Of a share below 1 it takes as many of its turns: each time its parts have grown by a whole one.
bool Rotation::takes(std::size_t index, double share) {
  if (share <= 0 || share >= 1) return share > 0;
  auto part = static_cast<std::uint32_t>(std::max(share, kLeastShare) * kWhole);
  std::uint32_t before = parts_[index].fetch_add(part, std::memory_order_relaxed);
  return (before + part) / kWhole != before / kWhole;
}

}  // namespace playground::upstream
