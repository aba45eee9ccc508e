#include "upstream/connection.h"

#include <utility>

#include "base/check.h"

namespace playground::upstream {
namespace {

constexpr std::size_t kMaxHeadBytes = 16 * 1024;

}  // namespace

Connection::Connection(uv::Loop& loop, dns::Name& name, const Options& options, Owner& owner)
    : loop_(loop),
      name_(name),
      options_(options),
      owner_(&owner),
      parser_(kMaxHeadBytes, options.max_response_bytes),
      timer_(uv::Timer::create(loop, [this] { on_timeout(); })) {
  timer_->start(options_.connect_timeout);
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
  dialer_.emplace(loop_, name_.addresses(), [this](Result<Dialer::Connected> dialled) {
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
  timer_->stop();
  address_ = dialled.address;
  dialled.tcp->set_no_delay();
  tcp_ = std::move(dialled.tcp);
  tcp_->set_owner(this);
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

// waiting: the reply, in as many pieces as it comes.
void Connection::on_read(std::string_view bytes) {
  if (state_ != State::waiting) {
    fail(Failure::Kind::invalid, "unrequested bytes");
    return;
  }
  if (auto fed = parser_.feed(bytes); !fed) {
    fail(Failure::Kind::invalid, fed.error().message);
    return;
  }
  if (parser_.complete()) complete();
}

void Connection::on_read_end(int error) {
  if (state_ == State::waiting && error == 0 && parser_.started() && parser_.finish()) {
    keep_alive_ = false;
    complete();
    return;
  }
  fail(Failure::Kind::broken, error == 0 ? "closed by the backend" : uv_strerror(error));
}

void Connection::complete() {
  timer_->stop();
  keep_alive_ = keep_alive_ && parser_.keep_alive();
  state_ = State::idle;
  owner_->on_response(*this, parser_.take());
}

void Connection::on_written(int error) {
  if (error != 0) fail(Failure::Kind::broken, uv_strerror(error));
}

void Connection::on_timeout() {
  if (state_ != State::waiting) {
    fail_to_connect();
  } else if (!keep_alive_) {
    fail(Failure::Kind::broken, "closed by the backend");
  } else {
    fail(Failure::Kind::timeout,
         "no answer in " + std::to_string(options_.answer_timeout.count()) + " ms");
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
  timer_->stop();
  waiter_.reset();
  dialer_.reset();
  tcp_.reset();
  owner_->on_failed(*this, Failure{kind, std::move(detail)});
}

}  // namespace playground::upstream
