#include "uv/loops.h"

#include <string>
#include <utility>

#include "base/check.h"

namespace playground::uv {

Loops::Loops(std::size_t count) {
  PLAYGROUND_CHECK(count > 0);
  while (this->count() < count) others_.push_back(std::make_unique<LoopThread>());
}

void Loops::start() {
  for (std::size_t i = 0; i < others_.size(); ++i) {
    others_[i]->start("loop-" + std::to_string(i + 1));
  }
}

void Loops::stop_others() {
  for (const auto& other : others_) other->stop();
}

void Loops::on_each(const std::function<void(std::size_t)>& work, std::function<void()> done) {
  std::uint64_t round = next_round_++;
  if (!others_.empty()) rounds_.emplace(round, Round{others_.size(), std::move(done)});
  for (std::size_t i = 1; i < count(); ++i) {
    mailbox(i).post([this, work, i, round] {
      work(i);
      mailbox_.post([this, round] { on_worked(round); });
    });
  }
  work(0);
  if (others_.empty()) done();
}

void Loops::on_worked(std::uint64_t round) {
  auto found = rounds_.find(round);
  if (--found->second.left > 0) return;
  auto node = rounds_.extract(found);
  node.mapped().done();
}

}  // namespace playground::uv
