// Mailbox: what other threads want done by a loop's own. The loop stays alive while it has one.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "uv/async.h"

namespace playground::uv {

class Mailbox {
 public:
  using Task = std::function<void()>;

  explicit Mailbox(Loop& loop);
  // Tasks that have not run are dropped. Nobody posts any more, and it is not one of them that
  // drops it.
  ~Mailbox() = default;
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // From any thread: `task` runs on the loop's, behind those that were posted before it, and never
  // before this returns. A task may post.
  void post(Task task);

 private:
  void deliver();

  std::mutex mutex_;
  std::vector<Task> waiting_;
  Owned<Async> async_;
};

}  // namespace playground::uv
