// Async: wakes the loop from another thread. Several wakes before the loop gets to it count as one.
#pragma once

#include <functional>

#include "uv/handle.h"
#include "uv/loop.h"

namespace playground::uv {

class Async final : public Handle {
 public:
  static Owned<Async> create(Loop& loop, std::function<void()> on_wake);

  // From any thread, as long as the Async exists.
  void wake() { uv_async_send(&async_); }

  void unref() { uv_unref(raw()); }

 private:
  explicit Async(std::function<void()> on_wake) : on_wake_(std::move(on_wake)) {}
  ~Async() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&async_); }
  void detach() override { detached_ = true; }

  uv_async_t async_{};
  std::function<void()> on_wake_;
  bool detached_ = false;
};

}  // namespace playground::uv
