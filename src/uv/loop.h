// Loop: one libuv event loop. Its destructor runs the close callbacks that are still due and then
// insists that nothing is left: a handle that someone forgot is a bug that must not stay hidden.
#pragma once

#include <uv.h>

#include <array>
#include <memory>

#include "base/clock.h"

namespace playground::uv {

class PollSet;

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Runs until no handle is active or stop() was called.
  void run();
  // One turn; waits for events where `wait` is set.
  void run_once(bool wait = true);
  void stop() { uv_stop(&loop_); }

  uv_loop_t* raw() { return &loop_; }

  // Scratch space for reads. libuv asks for it and hands it back within one callback, so that one
  // is enough for all connections of a loop.
  std::array<char, 65536>& read_buffer() { return read_buffer_; }
  // The one of this loop, made when it is first asked for.
  PollSet& polls();

  static Loop& of(const uv_loop_t* loop) { return *static_cast<Loop*>(loop->data); }

 private:
  uv_loop_t loop_;
  std::array<char, 65536> read_buffer_;
  std::unique_ptr<PollSet> polls_;
};

}  // namespace playground::uv
