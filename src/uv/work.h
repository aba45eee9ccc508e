// Work: one function on a thread of libuv's pool, and its end told on the loop.
#pragma once

#include <functional>
#include <memory>

#include "uv/loop.h"

namespace playground::uv {

// Dropping it cancels: the callback does not come any more. The callback may drop it. `job` runs on
// another thread, perhaps even after the Work was dropped: what it uses must be its own.
class Work {
 public:
  // Never calls back before it returns.
  static std::unique_ptr<Work> start(Loop& loop, std::function<void()> job,
                                     std::function<void()> on_done);
  ~Work();
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

 private:
  struct Request;
  explicit Work(Request* request) : request_(request) {}

  // Belongs to libuv until its end was told; that frees it.
  Request* request_;
};

}  // namespace playground::uv
