#include "uv/stream_layer.h"

#include <utility>

#include "base/check.h"

namespace playground::uv {

StreamLayer::StreamLayer(Loop& loop, Owned<Stream> lower) : lower_(std::move(lower)) {
  PLAYGROUND_CHECK(uv_idle_init(loop.raw(), &idle_) == 0);
  idle_.data = static_cast<Handle*>(this);
  lower_->set_owner(this);
}

void StreamLayer::detach() {
  Stream::detach();
  uv_idle_stop(&idle_);
  lower_.reset();
}

void StreamLayer::call_soon() {
  int failed = uv_idle_start(&idle_, [](uv_idle_t* idle) {
    uv_idle_stop(idle);
    static_cast<StreamLayer*>(static_cast<Handle*>(idle->data))->on_soon();
  });
  PLAYGROUND_CHECK(failed == 0);
}

}  // namespace playground::uv
