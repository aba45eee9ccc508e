#include "tls/stream.h"

#include <openssl/err.h>

#include <utility>

#include "base/check.h"
#include "tls/error_text.h"

namespace playground::tls {
namespace {

// A refused client's bytes are read away so far: closing with unread bytes would make the kernel
// send a reset, which destroys the alert on its way.
constexpr std::size_t kRefusedBytes = 1024 * 1024;
constexpr milliseconds kRefusingTime{2000};

// What writing leaves below is a batch at most: more comes from a peer that makes OpenSSL answer
// again and again, and does not read.
constexpr std::size_t kMaxBytesBelow = 256 * 1024;

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
  self->ssl_.reset(SSL_new(acceptor.context->current().get()));
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
  if (lower_->queued_bytes() > kMaxBytesBelow) why_ = "the peer asks without reading the answers";
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

std::string Stream::error_text(int error) const {
  return error == kTlsError && !why_.empty() ? why_ : uv_strerror(error);
}

}  // namespace playground::tls
