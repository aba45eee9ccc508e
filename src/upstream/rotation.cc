#include "upstream/rotation.h"

#include <algorithm>

#include "base/check.h"

namespace playground::upstream {
namespace {

// The period of weight 1: divided without remainder by every weight up to 16. 64 bits last for
// 10^13 rounds.
constexpr std::uint64_t kRound = 720'720;

// However small a share is, its turn comes within this many rounds.
constexpr double kLeastShare = 0.01;

}  // namespace

Rotation::Rotation(const std::vector<unsigned>& weights) {
  PLAYGROUND_CHECK(!weights.empty());
  for (unsigned weight : weights) {
    PLAYGROUND_CHECK(weight >= 1 && weight <= kMaxWeight);
    // From half a period on, the turns of a light one fall between those of a heavy one.
    std::uint64_t period = kRound / weight;
    entries_.push_back({period, period / 2, turns_++});
  }
}

std::optional<std::size_t> Rotation::next(std::span<const double> shares) {
  PLAYGROUND_CHECK(shares.size() == entries_.size());
  Entry* chosen = nullptr;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    if (shares[i] <= 0) continue;
    bool earlier = chosen == nullptr || due(entry) < due(*chosen) ||
                   (due(entry) == due(*chosen) && entry.last_turn < chosen->last_turn);
    if (earlier) chosen = &entry;
  }
  if (chosen == nullptr) return std::nullopt;
  auto index = static_cast<std::size_t>(chosen - entries_.data());
  std::uint64_t period = chosen->period;
  if (shares[index] < 1) {
    double share = std::max(shares[index], kLeastShare);
    period = static_cast<std::uint64_t>(static_cast<double>(period) / share);
  }
  now_ = due(*chosen);
  chosen->due = now_ + period;
  chosen->last_turn = turns_++;
  return index;
}

std::uint64_t Rotation::due(const Entry& entry) const {
  return std::max(entry.due, now_);
}

}  // namespace playground::upstream
