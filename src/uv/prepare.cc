#include "uv/prepare.h"

#include "base/check.h"

namespace playground::uv {

Owned<Prepare> Prepare::create(Loop& loop, std::function<void()> before_wait) {
  Owned<Prepare> prepare(new Prepare(std::move(before_wait)));
  uv_prepare_init(loop.raw(), &prepare->prepare_);
  prepare->prepare_.data = prepare.get();
  int failed = uv_prepare_start(&prepare->prepare_, [](uv_prepare_t* raw) {
    auto* self = static_cast<Prepare*>(raw->data);
    if (!self->detached_) self->before_wait_();
  });
  PLAYGROUND_CHECK(failed == 0);
  uv_unref(prepare->raw());
  return prepare;
}

}  // namespace playground::uv
