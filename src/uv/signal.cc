#include "uv/signal.h"

#include "base/check.h"

namespace playground::uv {

Owned<Signal> Signal::create(Loop& loop, int number, std::function<void()> on_signal) {
  Owned<Signal> signal(new Signal(std::move(on_signal)));
  PLAYGROUND_CHECK(uv_signal_init(loop.raw(), &signal->signal_) == 0);
  signal->signal_.data = signal.get();
  int failed = uv_signal_start(
      &signal->signal_,
      [](uv_signal_t* raw, int) {
        auto* self = static_cast<Signal*>(raw->data);
        if (!self->detached_) self->on_signal_();
      },
      number);
  PLAYGROUND_CHECK(failed == 0);
  return signal;
}

}  // namespace playground::uv
