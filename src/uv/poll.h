// Poll: tells when a descriptor that someone else owns (a pipe, a pidfd, a socket) can be read or
// written. The Poll must be dropped before its descriptor is closed.
#pragma once

#include <functional>

#include "uv/handle.h"
#include "uv/loop.h"

namespace playground::uv {

class Poll final : public Handle {
 public:
  // The callback gets UV_READABLE | UV_WRITABLE as they are (an error counts as both), and may drop
  // the Poll.
  static Owned<Poll> create(Loop& loop, int fd, std::function<void(int events)> on_ready);

  void start(int events);
  void stop() { uv_poll_stop(&poll_); }
  // Whether Loop::run() goes on for it; at first it does.
  void keep_loop(bool keep) { keep ? uv_ref(raw()) : uv_unref(raw()); }

 private:
  explicit Poll(std::function<void(int)> on_ready) : on_ready_(std::move(on_ready)) {}
  ~Poll() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&poll_); }
  void detach() override { detached_ = true; }

  uv_poll_t poll_{};
  std::function<void(int)> on_ready_;
  bool detached_ = false;
};

}  // namespace playground::uv
