#include "uv/mailbox.h"

#include <utility>

namespace playground::uv {

Mailbox::Mailbox(Loop& loop) : async_(Async::create(loop, [this] { deliver(); })) {}

void Mailbox::post(Task task) {
  bool first = false;
  {
    std::lock_guard lock(mutex_);
    first = waiting_.empty();
    waiting_.push_back(std::move(task));
  }
  // Where others wait, whoever posted the first of them has woken the loop.
  if (first) async_->wake();
}

void Mailbox::deliver() {
  std::vector<Task> tasks;
  {
    std::lock_guard lock(mutex_);
    tasks.swap(waiting_);
  }
  for (Task& task : tasks) {
    // Gone before the next one runs, with all that it holds.
    Task now = std::move(task);
    now();
  }
}

}  // namespace playground::uv
