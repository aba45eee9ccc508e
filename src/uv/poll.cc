#include "uv/poll.h"

#include "base/check.h"

namespace playground::uv {

Owned<Poll> Poll::create(Loop& loop, int fd, std::function<void(int)> on_ready) {
  Owned<Poll> poll(new Poll(std::move(on_ready)));
  // Fails only for a descriptor that can't be polled (a plain file), which no caller has.
  PLAYGROUND_CHECK(uv_poll_init(loop.raw(), &poll->poll_, fd) == 0);
  poll->poll_.data = poll.get();
  return poll;
}

void Poll::start(int events) {
  int failed = uv_poll_start(&poll_, events, [](uv_poll_t* raw, int status, int ready) {
    auto* poll = static_cast<Poll*>(raw->data);
    if (poll->detached_) return;
    // The owner learns what is wrong from the read or write that it makes next.
    poll->on_ready_(status < 0 ? UV_READABLE | UV_WRITABLE : ready);
  });
  PLAYGROUND_CHECK(failed == 0);
}

}  // namespace playground::uv
