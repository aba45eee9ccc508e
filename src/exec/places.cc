#include "exec/places.h"

#include <utility>

namespace playground::exec {
namespace {

// A slot of a generation, as one number.
std::uint64_t ticket_of(std::uint64_t generation, int slot) {
  return generation << 32 | static_cast<std::uint32_t>(slot);
}

}  // namespace

Places::Places(uv::Loop& loop, Scratch& scratch, std::function<void()> on_free)
    : scratch_(scratch),
      on_free_(std::move(on_free)),
      emptied_(uv::Async::create(loop, [this] { on_free_(); })) {
  emptied_->unref();
}

Places::~Places() {
  scratch_.take_emptied(nullptr);
}

Result<std::string> Places::make_mount() {
  auto folder = scratch_.create();
  if (folder) mount_ = *folder;
  return folder;
}

void Places::renew(std::size_t slots) {
  ++generation_;
  slotted_ = slots > 0;
  free_.clear();
  for (std::size_t slot = slots; slot > 0; --slot) free_.push_back(static_cast<int>(slot) - 1);
}

Result<std::optional<WorkerPlace>> Places::take() {
  if (!slotted_) {
    auto folder = scratch_.create();
    if (!folder) return Unexpected<Error>{folder.error()};
    return std::optional(WorkerPlace{std::move(*folder), protocol::kNoSlot});
  }
  if (free_.empty()) collect();
  if (free_.empty()) return std::optional<WorkerPlace>();
  WorkerPlace place{{}, free_.back()};
  free_.pop_back();
  return std::optional(std::move(place));
}

// Those of earlier zygotes count for nothing.
void Places::collect() {
  while (free_.empty()) {
    auto tickets = scratch_.take_emptied([this] { emptied_->wake(); });
    if (tickets.empty()) return;
    for (std::uint64_t ticket : tickets) {
      auto slot = static_cast<int>(ticket & 0xFFFFFFFF);
      if (ticket == ticket_of(generation_, slot)) free_.push_back(slot);
    }
  }
}

void Places::give_back(const WorkerPlace& place) {
  if (place.slot == protocol::kNoSlot) {
    scratch_.discard(place.folder);
  } else {
    free_.push_back(place.slot);
  }
}

void Places::give_back(const WorkerPlace& place, UniqueFd folder, std::uint64_t generation) {
  if (place.slot == protocol::kNoSlot) {
    scratch_.discard(place.folder);
  } else {
    scratch_.empty(std::move(folder), ticket_of(generation, place.slot));
  }
}

}  // namespace playground::exec
