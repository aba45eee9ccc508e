#include "tls/stream.h"

#include <openssl/err.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "tls/error_text.h"

namespace playground::tls {
namespace {

// A refused client's bytes are read away so far: closing with unread bytes would make the kernel
// send a reset, which destroys the alert on its way.
constexpr std::size_t kRefusedBytes = 1024 * 1024;
constexpr milliseconds kRefusingTime{2000};

constexpr std::size_t kRecordBytes = 16 * 1024;  // RFC 8446, 5.1
constexpr std::size_t kBatchBytes = 64 * 1024;   // encrypted, for one write below
constexpr std::size_t kTurnBytes = 1024 * 1024;  // plain, in one turn of the loop

}  // namespace

uv::Owned<Stream> Stream::connect(uv::Loop& loop, uv::Owned<uv::Stream> lower, Client& client) {
  uv::Owned<Stream> stream(new Stream(loop, std::move(lower)));
  stream->ssl_ = client.open(stream->handshake_);
  stream->bio_.attach(stream->ssl_.get());
  // The first step is made in the next turn: nobody listens yet to how it ends.
  stream->call_soon();
  return stream;
}

uv::Owned<Stream> Stream::accept(uv::Loop& loop, uv::Owned<uv::Stream> lower,
                                 const Acceptor& acceptor) {
  uv::Owned<Stream> stream(new Stream(loop, std::move(lower)));
  Stream* self = stream.get();
  self->acceptor_ = &acceptor;
  self->ssl_.reset(SSL_new(acceptor.context->raw()));
  PLAYGROUND_CHECK(self->ssl_ != nullptr);
  self->bio_.attach(self->ssl_.get());
  SSL_set_accept_state(self->ssl_.get());
  self->deadline_ = uv::Timer::create(loop, [self] { self->on_overdue(); });
  self->deadline_->start(acceptor.handshake_timeout);
  self->lower_->start_reading();
  return stream;
}

Stream::Stream(uv::Loop& loop, uv::Owned<uv::Stream> lower) : StreamLayer(loop, std::move(lower)) {}

// Dropped. A peer that was sent everything is told that it was everything.
void Stream::detach() {
  bool whole = plain_.empty() && why_.empty() && state_ != State::handshaking;
  if (!gone() && whole) send_end();
  // RFC 5246, 7.2.1: a connection that broke off does not spoil its session, as OpenSSL assumes.
  SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  deadline_.reset();
  StreamLayer::detach();
}

void Stream::on_read(std::string_view bytes) {
  if (state_ == State::refusing) {
    refused_bytes_ += bytes.size();
    if (refused_bytes_ > kRefusedBytes) end(kTlsError);
    return;
  }
  PLAYGROUND_CHECK(bio_.input.empty());
  bio_.input = bytes;
  advance();
  // The bytes are the loop's: what is left of them has to be kept.
  leftover_ = bio_.input;
  bio_.input = leftover_;
}

// Everything that can be done before more bytes come, or until the owner wants no more.
void Stream::advance() {
  advancing_ = true;
  if (state_ == State::handshaking) shake_hands();
  while (!gone() && state_ == State::open && reading_ && read_record()) {
  }
  advancing_ = false;
  if (!gone()) update_reading();
}

void Stream::shake_hands() {
  ERR_clear_error();
  int result = SSL_do_handshake(ssl_.get());
  int outcome = SSL_get_error(ssl_.get(), result);
  if (outcome == SSL_ERROR_NONE) {
    send_output();  // an error comes again, when reading
    return on_open();
  }
  if (outcome != SSL_ERROR_WANT_READ) return on_refused();
  if (send_output()) return;
  fail_handshake("handshake: closed by the peer");
  end(kTlsError);
}

void Stream::on_open() {
  state_ = State::open;
  deadline_.reset();
  if (owner_ != nullptr) owner_->on_connected(0);
  if (!gone()) continue_writing();
}

void Stream::on_refused() {
  bool http = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
  std::string why = protocol_error();
  fail_handshake(handshake_.certificate_error.empty() ? why : handshake_.certificate_error);
  send_output();  // the alert
  if (acceptor_ == nullptr) return end(kTlsError);
  state_ = State::refusing;
  if (http) lower_->write(acceptor_->plain_reply);
  shut_down_ = true;
  finish_writing();
  deadline_->start(kRefusingTime);
}

void Stream::on_overdue() {
  if (state_ == State::handshaking) {
    auto limit = std::to_string(acceptor_->handshake_timeout.count());
    fail_handshake("handshake not finished in " + limit + " ms");
  }
  end(kTlsError);
}

void Stream::fail_handshake(std::string why) {
  why_ = std::move(why);
  if (acceptor_ == nullptr) return handshake_.client->forget_session();
  if (acceptor_->on_failed) acceptor_->on_failed(lower_->peer(), why_);
}

// False when there is no whole record yet.
bool Stream::read_record() {
  char plain[kRecordBytes];
  ERR_clear_error();
  int count = SSL_read(ssl_.get(), plain, sizeof(plain));
  int outcome = SSL_get_error(ssl_.get(), count);
  if (outcome == SSL_ERROR_ZERO_RETURN) {
    end(0);
    return false;
  }
  if (outcome != SSL_ERROR_NONE && outcome != SSL_ERROR_WANT_READ) why_ = protocol_error();
  // An answer to what the peer said below the data, or an alert.
  bool sent = send_output();
  if (!why_.empty() || !sent) {
    end(why_.empty() ? UV_EPIPE : kTlsError);
    return false;
  }
  if (count <= 0) return false;
  if (owner_ != nullptr) owner_->on_read({plain, static_cast<std::size_t>(count)});
  return true;
}

void Stream::on_read_end(int error) {
  if (state_ == State::handshaking) {
    fail_handshake(std::string("handshake: ") +
                   (error == 0 ? "closed by the peer" : uv_strerror(error)));
  }
  // RFC 8446, 6.1: an end that the peer has not announced may be anybody's.
  if (state_ == State::open && error == 0) why_ = "closed without close_notify";
  end(why_.empty() ? error : kTlsError);
}

// Nothing more comes: the owner is told, by the call that it waits for.
void Stream::end(int error) {
  bool connecting = state_ == State::handshaking && acceptor_ == nullptr;
  state_ = State::ended;
  deadline_.reset();
  reading_ = false;
  lower_->stop_reading();
  if (owner_ == nullptr) return;
  connecting ? owner_->on_connected(error) : owner_->on_read_end(error);
}

// A handshake needs no owner that reads.
void Stream::update_reading() {
  if (state_ == State::ended) return;
  bool room = reading_ && bio_.input.empty();
  if (state_ != State::open || room) {
    lower_->start_reading();
  } else {
    lower_->stop_reading();
  }
}

void Stream::start_reading() {
  if (reading_ || state_ == State::ended) return;
  reading_ = true;
  if (advancing_) return;
  // Not from here: the caller does not expect bytes meanwhile.
  if (has_bytes()) return call_soon();
  update_reading();
}

void Stream::stop_reading() {
  reading_ = false;
  if (!advancing_) update_reading();
}

bool Stream::has_unread() const {
  return has_bytes() || lower_->has_unread();
}

bool Stream::has_bytes() const {
  return !bio_.input.empty() || SSL_pending(ssl_.get()) > 0;
}

void Stream::on_soon() {
  continue_writing();
  if (!gone()) advance();
  if (bio_.input.empty()) std::string().swap(leftover_);
}

// Writing. The owner's bytes wait in plain_ and are encrypted a batch at a time.
uv::Stream::Write Stream::write(std::string head, std::string body) {
  if (shut_down_ || !why_.empty()) return Write::failed;
  // One record, one packet.
  if (head.size() + body.size() <= kRecordBytes) head += std::exchange(body, {});
  for (std::string* bytes : {&head, &body}) {
    if (bytes->empty()) continue;
    plain_bytes_ += bytes->size();
    plain_.push_back(std::move(*bytes));
  }
  if (plain_.empty()) return Write::done;
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

// RFC 8446, 6.1: close_notify.
void Stream::send_end() {
  if (std::exchange(end_sent_, true) || !why_.empty()) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  send_output();
}

std::string Stream::error_text(int error) const {
  return error == kTlsError && !why_.empty() ? why_ : uv_strerror(error);
}

}  // namespace playground::tls
