#include "upstream/connection.h"

#include <algorithm>
#include <utility>

#include "base/address.h"
#include "base/check.h"

namespace playground::upstream {
namespace {

constexpr std::size_t kMaxHeadBytes = 16 * 1024;

// A reply that says it is no longer than this is handed over whole: it leaves in one write, and
// when it breaks off nobody has seen a part of it.
constexpr std::uint64_t kWholeBytes = 64 * 1024;

}  // namespace

Connection::Connection(uv::Loop& loop, const Endpoint& endpoint, const Options& options,
                       Owner& owner)
    : loop_(loop),
      options_(options),
      owner_(&owner),
      parser_(kMaxHeadBytes),
      timer_(uv::Timer::create(loop, [this] { on_timeout(); })) {
  timer_->start(options_.connect_timeout);
  resolve(endpoint);
}

Connection::~Connection() = default;

// resolving: numbers are "resolved" too, without a query, so that there is one way to go.
void Connection::resolve(const Endpoint& endpoint) {
  lookup_ = uv::Lookup::start(loop_, endpoint, [this](Result<uv::Addresses> result) {
    lookup_.reset();
    if (!result) {
      fail(Failure::Kind::connect, result.error().message);
      return;
    }
    addresses_ = std::move(*result);
    if (options_.private_only) {
      std::erase_if(addresses_, [](const sockaddr_storage& a) { return !is_private(a); });
    }
    if (addresses_.empty()) {
      fail(Failure::Kind::connect, "a token is not sent to a public address over http://");
      return;
    }
    std::reverse(addresses_.begin(), addresses_.end());
    connect_next();
  });
}

// connecting: each address in turn, within one time limit for all.
void Connection::connect_next() {
  state_ = State::connecting;
  PLAYGROUND_CHECK(!addresses_.empty());
  sockaddr_storage address = addresses_.back();
  addresses_.pop_back();
  tcp_ = uv::Tcp::create(loop_);
  tcp_->set_owner(this);
  auto started = tcp_->connect(reinterpret_cast<const sockaddr&>(address));
  if (!started) on_connected(started.error().code);
}

void Connection::on_connected(int error) {
  if (error != 0 && !addresses_.empty()) {
    connect_next();
    return;
  }
  if (error != 0) {
    fail(Failure::Kind::connect, uv_strerror(error));
    return;
  }
  timer_->stop();
  tcp_->set_no_delay();
  tcp_->start_reading();
  state_ = State::idle;
  owner_->on_connected(*this);
}

// idle → waiting.
void Connection::send(std::string head, std::string body) {
  PLAYGROUND_CHECK(state_ == State::idle);
  state_ = State::waiting;
  timer_->start(options_.answer_timeout);
  if (tcp_->write(std::move(head), std::move(body)) != uv::Tcp::Write::failed) return;
  // Told on the next turn, when the caller has returned: the reading side finds the same connection
  // broken, or the timer says so.
  timer_->start(milliseconds{0});
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
    fail(Failure::Kind::broken, error == 0 ? "closed by the backend" : uv_strerror(error));
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
  if (!whole) timer_->start(options_.answer_timeout);
  if (!parser_.has_head()) return;
  auto length = parser_.length();
  if (!whole && length && *length <= kWholeBytes) return;
  ReplyStart reply{parser_.take(), whole, length};
  state_ = State::streaming;
  if (whole) rest();
  owner_->on_reply(*this, std::move(reply));
}

// streaming → streaming, or → idle with the last piece.
void Connection::go_on() {
  std::string bytes = parser_.take_body();
  bool last = parser_.complete();
  if (!last) timer_->start(options_.answer_timeout);
  if (bytes.empty() && !last) return;
  if (last) rest();
  owner_->on_body(*this, std::move(bytes), last);
}

// → idle.
void Connection::rest() {
  timer_->stop();
  keep_alive_ = keep_alive_ && parser_.keep_alive();
  parser_.reset();
  state_ = State::idle;
}

void Connection::pause() {
  if (state_ != State::streaming) return;
  timer_->stop();
  tcp_->stop_reading();
}

void Connection::resume() {
  if (state_ != State::streaming) return;
  timer_->start(options_.answer_timeout);
  tcp_->start_reading();
}

void Connection::on_written(int error) {
  if (error != 0) fail(Failure::Kind::broken, uv_strerror(error));
}

void Connection::on_timeout() {
  if (state_ == State::resolving || state_ == State::connecting) {
    fail(Failure::Kind::connect,
         "not connected in " + std::to_string(options_.connect_timeout.count()) + " ms");
  } else if (!keep_alive_) {
    fail(Failure::Kind::broken, "closed by the backend");
  } else {
    fail(Failure::Kind::timeout, (parser_.started() ? "nothing more in " : "no answer in ") +
                                     std::to_string(options_.answer_timeout.count()) + " ms");
  }
}

// The state stays what it was, so that the owner can ask unanswered().
void Connection::fail(Failure::Kind kind, std::string detail) {
  timer_->stop();
  lookup_.reset();
  tcp_.reset();
  owner_->on_failed(*this, Failure{kind, std::move(detail)});
}

}  // namespace playground::upstream
