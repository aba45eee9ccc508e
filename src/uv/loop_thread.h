// LoopThread: a loop that runs on a thread of its own. Whoever made it may put handles on the loop
// before start() and drop them after stop(); in between only tasks of its mailbox may touch them.
#pragma once

#include <string>
#include <thread>

#include "uv/loop.h"
#include "uv/mailbox.h"

namespace playground::uv {

class LoopThread {
 public:
  LoopThread() = default;
  // No handle but its own is on the loop any more.
  ~LoopThread() { stop(); }
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;

  Loop& loop() { return loop_; }
  Mailbox& mailbox() { return mailbox_; }

  // Begins to run the loop. `name`: what the kernel calls the thread, at most 15 bytes. No signal
  // of the process is delivered to it.
  void start(const std::string& name);

  // Has the loop end its turn, behind all tasks that were posted before, and waits for the thread.
  void stop();

 private:
  Loop loop_;
  Mailbox mailbox_{loop_};
  std::thread thread_;
};

}  // namespace playground::uv
