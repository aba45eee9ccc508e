// The part of a Connection that sends a reply piece by piece.
#include <utility>

#include "http/connection.h"

namespace playground::http {
namespace {

// Of a reply that comes faster than its client takes it, so much is kept before its writer is told
// to wait. It goes on when all of that is with the kernel, whose own buffer bridges the gap.
constexpr std::size_t kHighWater = 64 * 1024;

// RFC 9112, 6.1: an HTTP/1.0 client knows no chunks.
Framing stream_framing(std::optional<std::uint64_t> length, int minor_version) {
  if (length) return {BodyKind::length, *length};
  return {minor_version > 0 ? BodyKind::chunked : BodyKind::until_close, 0};
}

}  // namespace

// handling → streaming.
void Connection::on_begin(Response head, std::optional<std::uint64_t> length) {
  Framing framing = stream_framing(length, form_.minor_version);
  framer_ = BodyFramer(framing, sends_body(head, form_));
  form_.keep_alive = form_.keep_alive && !owner_.is_closing() && !framer_.ends_by_close();
  writer_waits_ = false;
  step(Event::begun);
  add_fields(head);
  push(write_head(head, framing, form_, date_now()), framer_.frame(std::move(head.body)));
}

// streaming, blocked.
bool Connection::on_piece(std::string bytes) {
  push(framer_.frame(std::move(bytes)), {});
  writer_waits_ = write_failed_ || stream_->queued_bytes() >= kHighWater;
  return !writer_waits_;
}

// streaming → blocked, where the client does not take it at once.
void Connection::push(std::string_view first, std::string_view second) {
  if (write_failed_) return;
  std::size_t size = first.size() + second.size();
  exchange_.reply_bytes += size;
  switch (stream_->write(first, second)) {
    case uv::Stream::Write::done:
      return;
    case uv::Stream::Write::queued:
      if (state_ == State::streaming) {
        step(Event::blocked);
        unsent_ = stream_->unsent_bytes();
      } else {
        unsent_ += size;
      }
      return;
    case uv::Stream::Write::failed:
      // Told on the next turn: whoever writes does not expect to be called back meanwhile.
      write_failed_ = true;
      return owner_.on_pending(*this);
  }
}

// blocked → streaming: everything has left.
void Connection::on_unblocked() {
  step(Event::unblocked);
  if (!std::exchange(writer_waits_, false)) return;
  // A copy, for it may be replaced or dropped by what it does.
  if (auto drained = link_->drained) drained();
}

// streaming, blocked → writing.
void Connection::on_end(std::string last, bool close) {
  std::string text = framer_.frame(std::move(last));
  if (!framer_.may_end()) return on_dropped();
  link_ = nullptr;
  form_.keep_alive = form_.keep_alive && !close;
  push(text.append(framer_.end()), {});
  step(Event::ended);
  unsent_ = stream_->unsent_bytes();
  if (!write_failed_ && stream_->queued_bytes() == 0) on_sent();
  wake_for_pending();
}

// streaming, blocked → closed, in the middle of the body.
void Connection::on_dropped() {
  link_ = nullptr;
  // Where an end in order would be the body's, only a reset says that something is missing.
  if (framer_.ends_by_close()) stream_->reset_on_close();
  step(Event::dropped);
}

}  // namespace playground::http
