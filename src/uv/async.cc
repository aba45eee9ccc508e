#include "uv/async.h"

#include "base/check.h"

namespace playground::uv {

Owned<Async> Async::create(Loop& loop, std::function<void()> on_wake) {
  Owned<Async> async(new Async(std::move(on_wake)));
  int failed = uv_async_init(loop.raw(), &async->async_, [](uv_async_t* raw) {
    auto* self = static_cast<Async*>(raw->data);
    if (!self->detached_) self->on_wake_();
  });
  PLAYGROUND_CHECK(failed == 0);
  async->async_.data = async.get();
  return async;
}

}  // namespace playground::uv
