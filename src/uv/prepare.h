// Prepare: calls back each time just before the loop waits for events, when what this turn has
// changed is settled.
#pragma once

#include <functional>

#include "uv/handle.h"
#include "uv/loop.h"

namespace playground::uv {

class Prepare final : public Handle {
 public:
  // Begins at once. It does not keep the loop alive.
  static Owned<Prepare> create(Loop& loop, std::function<void()> before_wait);

 private:
  explicit Prepare(std::function<void()> before_wait) : before_wait_(std::move(before_wait)) {}
  ~Prepare() override = default;
  uv_handle_t* raw() override { return reinterpret_cast<uv_handle_t*>(&prepare_); }
  void detach() override { detached_ = true; }

  uv_prepare_t prepare_{};
  std::function<void()> before_wait_;
  bool detached_ = false;
};

}  // namespace playground::uv
