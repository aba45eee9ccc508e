#include "uv/loop.h"

#include <signal.h>

#include "base/check.h"
#include "uv/poll_set.h"

namespace playground::uv {

Loop::Loop() {
  // A peer that has gone is an error of the write, not the end of this process.
  ::signal(SIGPIPE, SIG_IGN);
  PLAYGROUND_CHECK(uv_loop_init(&loop_) == 0);
  loop_.data = this;
}

Loop::~Loop() {
  polls_.reset();
  // Closing handles need one more turn, and cancelled work comes back from its thread; a
  // handle that is still there afterwards was never closed.
  uv_run(&loop_, UV_RUN_NOWAIT);
  while (loop_.active_reqs.count > 0) uv_run(&loop_, UV_RUN_ONCE);
  PLAYGROUND_CHECK(uv_loop_close(&loop_) == 0);
}

PollSet& Loop::polls() {
  if (!polls_) polls_ = std::make_unique<PollSet>(*this);
  return *polls_;
}

void Loop::run() {
  uv_run(&loop_, UV_RUN_DEFAULT);
}

void Loop::run_once(bool wait) {
  uv_run(&loop_, wait ? UV_RUN_ONCE : UV_RUN_NOWAIT);
}

}  // namespace playground::uv
