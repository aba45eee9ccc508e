// The writing side of Stream: the owner's bytes wait in plain_ and are encrypted a batch at a time.
#include <openssl/err.h>

#include <algorithm>
#include <utility>

#include "tls/error_text.h"
#include "tls/stream.h"

namespace playground::tls {
namespace {

constexpr std::size_t kBatchBytes = 64 * 1024;   // encrypted, for one write below
constexpr std::size_t kTurnBytes = 1024 * 1024;  // plain, in one turn of the loop

}  // namespace

uv::Stream::Write Stream::write(std::string_view head, std::string_view body) {
  if (shut_down_ || !why_.empty()) return Write::failed;
  plain_bytes_ += head.size() + body.size();
  if (!head.empty()) plain_.emplace_back(head);
  // One record, one packet.
  if (!head.empty() && head.size() + body.size() <= kRecordBytes) {
    plain_.back() += body;
  } else if (!body.empty()) {
    plain_.emplace_back(body);
  }
  if (plain_.empty()) return Write::done;
  // The call that is promised already will tell of this too.
  if (owes_written_) return Write::queued;
  Write outcome = flush();
  owes_written_ = outcome == Write::queued;
  return outcome;
}

void Stream::on_written(int error) {
  if (error == 0) return continue_writing();
  if (state_ == State::handshaking) return on_read_end(error);
  owes_written_ = false;
  if (owner_ != nullptr) owner_->on_written(error);
}

void Stream::continue_writing() {
  Write outcome = flush();
  if (shut_down_ && plain_.empty() && state_ != State::handshaking) finish_writing();
  if (outcome == Write::queued || !std::exchange(owes_written_, false)) return;
  if (owner_ != nullptr) owner_->on_written(outcome == Write::failed ? UV_EPIPE : 0);
}

uv::Stream::Write Stream::flush() {
  std::size_t before = plain_bytes_;
  bool may_write = state_ == State::open || state_ == State::ended;
  while (may_write && !plain_.empty() && lower_->queued_bytes() == 0) {
    // A peer that reads as fast as we write would keep the loop from everybody else.
    if (before - plain_bytes_ >= kTurnBytes) {
      call_soon();
      break;
    }
    if (!encrypt_batch() || !send_output()) return Write::failed;
  }
  return plain_.empty() && lower_->queued_bytes() == 0 ? Write::done : Write::queued;
}

bool Stream::encrypt_batch() {
  while (!plain_.empty() && bio_.output.size() < kBatchBytes) {
    const std::string& first = plain_.front();
    std::size_t size = std::min(kRecordBytes, first.size() - plain_offset_);
    ERR_clear_error();
    if (SSL_write(ssl_.get(), first.data() + plain_offset_, static_cast<int>(size)) <= 0) {
      why_ = protocol_error();
      return false;
    }
    plain_bytes_ -= size;
    plain_offset_ += size;
    if (plain_offset_ < first.size()) continue;
    plain_.pop_front();
    plain_offset_ = 0;
  }
  return true;
}

bool Stream::send_output() {
  if (bio_.output.empty()) return true;
  return lower_->write(std::exchange(bio_.output, {})) != Write::failed;
}

void Stream::shutdown_write() {
  if (std::exchange(shut_down_, true)) return;
  continue_writing();
}

void Stream::finish_writing() {
  send_end();
  if (lower_->queued_bytes() == 0) lower_->shutdown_write();
}

// Without a close_notify, which would say that this was all.
void Stream::reset_on_close() {
  end_sent_ = true;
  StreamLayer::reset_on_close();
}

// RFC 8446, 6.1: close_notify.
void Stream::send_end() {
  if (std::exchange(end_sent_, true) || !why_.empty()) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  send_output();
}

}  // namespace playground::tls
