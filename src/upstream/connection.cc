#include "upstream/connection.h"

#include <utility>

#include "base/check.h"
#include "tls/stream.h"

namespace playground::upstream {
namespace {

constexpr std::size_t kMaxHeadBytes = 16 * 1024;

// A reply that says it is no longer than this is handed over whole: it leaves in one write, and
// when it breaks off nobody has seen a part of it.
constexpr std::uint64_t kWholeBytes = 64 * 1024;

}  // namespace

Connection::Connection(uv::Loop& loop, dns::Name& name, const Options& options, Owner& owner,
                       tls::Client* tls)
    : loop_(loop),
      name_(name),
      options_(options),
      owner_(&owner),
      tls_(tls),
      parser_(kMaxHeadBytes),
      deadline_(loop, [this] { on_timeout(); }) {
  deadline_.set(options_.connect_timeout);
  resolve();
}

Connection::~Connection() = default;

// resolving: waits only for the first answer that there ever is.
void Connection::resolve() {
  if (!name_.addresses().empty()) {
    dial();
    return;
  }
  waiter_ = name_.wait([this](Result<void> answered) {
    waiter_.reset();
    if (answered) {
      dial();
    } else {
      fail(Failure::Kind::connect, answered.error().message);
    }
  });
}

// connecting: all addresses within one time limit.
void Connection::dial() {
  state_ = State::connecting;
  dialer_.emplace(loop_, name_.addresses(), options_.private_only,
                  [this](Result<Dialer::Connected> dialled) {
                    if (dialled) {
                      on_dialled(std::move(*dialled));
                    } else {
                      name_.doubt();
                      fail(Failure::Kind::connect, dialled.error().message);
                    }
                  });
}

void Connection::on_dialled(Dialer::Connected dialled) {
  dialer_.reset();
  address_ = dialled.address;
  dialled.tcp->set_no_delay();
  stream_ = std::move(dialled.tcp);
  if (tls_ != nullptr) {
    shake_hands();
    return;
  }
  stream_->set_owner(this);
  on_open();
}

// handshaking: within the same time limit.
void Connection::shake_hands() {
  state_ = State::handshaking;
  stream_ = tls::Stream::connect(loop_, std::move(stream_), *tls_);
  stream_->set_owner(this);
}

// The handshake's outcome.
void Connection::on_connected(int error) {
  if (error != 0) {
    fail(Failure::Kind::tls, stream_->error_text(error));
    return;
  }
  on_open();
}

// → idle.
void Connection::on_open() {
  deadline_.clear();
  stream_->start_reading();
  state_ = State::idle;
  owner_->on_connected(*this);
}

// idle → waiting.
void Connection::send(std::string_view head, std::string_view body) {
  PLAYGROUND_CHECK(state_ == State::idle);
  state_ = State::waiting;
  deadline_.set(options_.answer_timeout);
  if (stream_->write(head, body) != uv::Stream::Write::failed) return;
  // Told on the next turn, when the caller has returned: the reading side finds the same connection
  // broken, or the deadline says so.
  deadline_.set(milliseconds{0});
  keep_alive_ = false;
}

// waiting, streaming: the reply, in as many pieces as it comes.
void Connection::on_read(std::string_view bytes) {
  if (state_ != State::waiting && state_ != State::streaming) {
    fail(Failure::Kind::invalid, "unrequested bytes");
    return;
  }
  if (auto fed = parser_.feed(bytes); !fed) {
    fail(Failure::Kind::invalid, fed.error().message);
    return;
  }
  proceed();
}

void Connection::on_read_end(int error) {
  bool replying = state_ == State::waiting || state_ == State::streaming;
  if (!replying || error != 0 || !parser_.started() || !parser_.finish()) {
    fail(Failure::Kind::broken, error == 0 ? "closed by the backend" : stream_->error_text(error));
    return;
  }
  keep_alive_ = false;
  proceed();
}

void Connection::proceed() {
  if (state_ == State::waiting) {
    begin_reply();
  } else {
    go_on();
  }
}

// waiting → streaming, or → idle where it is whole.
void Connection::begin_reply() {
  bool whole = parser_.complete();
  if (!whole && !arriving_ && parser_.arriving()) {
    arriving_ = true;
    deadline_.set(options_.arrival_timeout);
  }
  if (!parser_.has_head()) return;
  auto length = parser_.length();
  if (!whole && length && *length <= kWholeBytes) return;
  ReplyStart reply{parser_.take(), whole, length};
  state_ = State::streaming;
  if (whole) {
    rest();
  } else {
    deadline_.set(options_.answer_timeout);
  }
  owner_->on_reply(*this, std::move(reply));
}

// streaming → streaming, or → idle with the last piece.
void Connection::go_on() {
  std::string bytes = parser_.take_body();
  bool last = parser_.complete();
  if (!last) deadline_.set(options_.answer_timeout);
  if (bytes.empty() && !last) return;
  if (last) rest();
  owner_->on_body(*this, std::move(bytes), last);
}

// → idle.
void Connection::rest() {
  deadline_.clear();
  keep_alive_ = keep_alive_ && parser_.keep_alive();
  parser_.reset();
  arriving_ = false;
  state_ = State::idle;
}

void Connection::pause() {
  if (state_ != State::streaming) return;
  deadline_.clear();
  stream_->stop_reading();
}

void Connection::resume() {
  if (state_ != State::streaming) return;
  deadline_.set(options_.answer_timeout);
  stream_->start_reading();
}

void Connection::on_written(int error) {
  if (error != 0) fail(Failure::Kind::broken, stream_->error_text(error));
}

void Connection::on_timeout() {
  if (state_ == State::resolving || state_ == State::connecting) {
    fail_to_connect();
  } else if (state_ == State::handshaking) {
    fail(Failure::Kind::tls, "handshake not finished in " +
                                 std::to_string(options_.connect_timeout.count()) +
                                 " ms after the connection was begun");
  } else if (!keep_alive_) {
    fail(Failure::Kind::broken, "closed by the backend");
  } else if (state_ == State::waiting && arriving_) {
    fail(Failure::Kind::broken, "its reply did not arrive within " +
                                    std::to_string(options_.arrival_timeout.count()) +
                                    " ms of the first byte");
  } else {
    fail(Failure::Kind::timeout, (parser_.started() ? "nothing more in " : "no answer in ") +
                                     std::to_string(options_.answer_timeout.count()) + " ms");
  }
}

void Connection::fail_to_connect() {
  std::string detail =
      "not connected in " + std::to_string(options_.connect_timeout.count()) + " ms";
  std::string progress = dialer_ ? dialer_->progress() : name_.failure();
  if (!progress.empty()) detail += " (" + progress + ")";
  if (dialer_) name_.doubt();
  fail(Failure::Kind::connect, std::move(detail));
}

// The state stays what it was, so that the owner can ask unanswered().
void Connection::fail(Failure::Kind kind, std::string detail) {
  deadline_.clear();
  waiter_.reset();
  dialer_.reset();
  stream_.reset();
  owner_->on_failed(*this, Failure{kind, std::move(detail)});
}

}  // namespace playground::upstream
