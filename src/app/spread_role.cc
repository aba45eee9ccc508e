#include "app/spread_role.h"

#include <utility>

#include "base/check.h"

namespace playground::app {

SpreadRole::SpreadRole(uv::Loops& loops, std::vector<Role*> parts)
    : loops_(loops), parts_(std::move(parts)) {
  PLAYGROUND_CHECK(parts_.size() == loops_.count());
}

void SpreadRole::announce_close() {
  loops_.on_each([this](std::size_t loop) { parts_[loop]->announce_close(); });
}

void SpreadRole::close_when_idle(std::function<void()> on_empty) {
  open_ = parts_.size();
  on_empty_ = std::move(on_empty);
  loops_.on_each([this](std::size_t loop) {
    parts_[loop]->close_when_idle([this, loop] {
      if (loop == 0) return on_part_empty();
      loops_.mailbox(0).post([this] { on_part_empty(); });
    });
  });
}

void SpreadRole::on_part_empty() {
  if (--open_ > 0) return;
  auto notify = std::exchange(on_empty_, nullptr);
  notify();
}

void SpreadRole::abandon() {
  loops_.on_each([this](std::size_t loop) { parts_[loop]->abandon(); });
}

void SpreadRole::renew() {
  loops_.on_each([this](std::size_t loop) { parts_[loop]->renew(); });
}

}  // namespace playground::app
