// Signal: delivers one of the process's signals on the loop.
#pragma once

#include <functional>

#include "uv/handle.h"
#include "uv/loop.h"

namespace playground::uv {

class Signal final : public Handle {
 public:
  static Owned<Signal> create(Loop& loop, int number, std::function<void()> on_signal);

  // A server does not stay alive only because it listens for signals.
  void unref() { uv_unref(raw()); }

 private:
  explicit Signal(std::function<void()> on_signal) : on_signal_(std::move(on_signal)) {}
  ~Signal() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&signal_); }
  void detach() override { detached_ = true; }

  uv_signal_t signal_{};
  std::function<void()> on_signal_;
  bool detached_ = false;
};

}  // namespace playground::uv
