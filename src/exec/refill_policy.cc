#include "exec/refill_policy.h"

#include <algorithm>

#include "base/check.h"

namespace playground::exec {
namespace {

// Of the workers that are too many, one in so many is ended at a time.
constexpr std::size_t kGiveBackPart = 16;

milliseconds left(TimePoint until, TimePoint now) {
  return std::max(std::chrono::ceil<milliseconds>(until - now), milliseconds{0});
}

}  // namespace

RefillPolicy::RefillPolicy(RefillSizes sizes) : sizes_(sizes) {
  PLAYGROUND_CHECK(sizes.size <= sizes.most);
}

RefillStep RefillPolicy::next(const RefillView& view, TimePoint now) {
  grow(view.demand, now);
  std::size_t lacking = target() - std::min(target(), view.ready);
  note(view, lacking - std::min(lacking, view.on_the_way), now);
  RefillStep step;
  step.patient = has_time(view);
  if (view.ready > target()) {
    give_back(view.ready - target(), now, step);
  } else if (is_due(view, now)) {
    step.want = lacking;
  } else {
    step.want = std::min(lacking, view.on_the_way);
    step.again = due_in(now);
  }
  if (grown_ != 0) step.again = std::min(step.again.value_or(kHold), left(demand_at_ + kHold, now));
  return step;
}

std::size_t RefillPolicy::target() const {
  return std::max(sizes_.size, grown_);
}

void RefillPolicy::grow(std::size_t demand, TimePoint now) {
  if (demand > 0) {
    std::size_t wanted = std::max(demand, kFew);
    if (wanted > sizes_.size) grown_ = std::max(grown_, std::min(wanted, sizes_.most));
    demand_at_ = now;
  } else if (now - demand_at_ >= kHold) {
    grown_ = 0;
  }
}

void RefillPolicy::note(const RefillView& view, std::size_t short_of, TimePoint now) {
  if (view.running > 0) {
    quiet_since_.reset();
  } else if (!quiet_since_) {
    quiet_since_ = now;
  }
  if (short_of == 0) {
    short_since_.reset();
  } else if (!short_since_) {
    short_since_ = now;
  }
}

// Where programs take all processors one that yields to them would never get ready, and who waits
// for it with it.
bool RefillPolicy::has_time(const RefillView& view) const {
  return view.warm && view.demand == 0 && view.running < sizes_.processors;
}

// Where programs wait nothing is ready, which is less than half.
bool RefillPolicy::is_due(const RefillView& view, TimePoint now) const {
  return !view.warm || view.ready * 2 <= target() || due_in(now) == milliseconds{0};
}

// None: nothing is missing.
std::optional<milliseconds> RefillPolicy::due_in(TimePoint now) const {
  if (!short_since_) return std::nullopt;
  milliseconds patience = left(*short_since_ + kPatience, now);
  return quiet_since_ ? std::min(patience, left(*quiet_since_ + kQuiet, now)) : patience;
}

void RefillPolicy::give_back(std::size_t surplus, TimePoint now, RefillStep& step) {
  if (now - gave_back_at_ < kGiveBack) {
    step.again = left(gave_back_at_ + kGiveBack, now);
    return;
  }
  gave_back_at_ = now;
  step.give_back = (surplus + kGiveBackPart - 1) / kGiveBackPart;
  step.again = kGiveBack;
}

void share_places(std::size_t places, std::span<const std::size_t> waiting,
                  std::span<std::size_t> shares) {
  std::fill(shares.begin(), shares.end(), 0);
  std::size_t without = waiting.size();  // who could use more
  while (places > 0 && without > 0) {
    std::size_t part = std::max<std::size_t>(places / without, 1);
    without = 0;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      std::size_t more = std::min({part, waiting[i] - shares[i], places});
      shares[i] += more;
      places -= more;
      if (shares[i] < waiting[i]) ++without;
    }
  }
}

}  // namespace playground::exec
