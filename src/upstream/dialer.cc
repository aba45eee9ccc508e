#include "upstream/dialer.h"

#include <algorithm>
#include <utility>

#include "base/address.h"
#include "base/check.h"

namespace playground::upstream {

dns::Addresses interleave_families(const dns::Addresses& addresses) {
  dns::Addresses first;
  dns::Addresses second;
  for (const dns::Address& address : addresses) {
    bool as_first = address.ss_family == addresses.front().ss_family;
    (as_first ? first : second).push_back(address);
  }
  dns::Addresses mixed;
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i < first.size()) mixed.push_back(first[i]);
    if (i < second.size()) mixed.push_back(second[i]);
  }
  return mixed;
}

class Dialer::Attempt final : private uv::Tcp::Owner {
 public:
  Attempt(Dialer& dialer, const dns::Address& address) : dialer_(dialer), address_(address) {}

  // Whether there is an outcome to wait for.
  bool start() {
    forbidden_ = dialer_.private_only_ && !is_private(address_);
    if (forbidden_) return false;
    tcp_ = uv::Tcp::create(dialer_.loop_);
    tcp_->set_owner(this);
    auto started = tcp_->connect(reinterpret_cast<const sockaddr&>(address_));
    if (!started) fail(started.error().code);
    return started.has_value();
  }

  void fail(int error) {
    error_ = error;
    tcp_.reset();
  }

  Connected take() {
    tcp_->set_owner(nullptr);
    return {std::move(tcp_), address_};
  }

  std::string text() const { return uv::address_text(address_) + ": " + outcome(); }

 private:
  std::string outcome() const {
    if (forbidden_) return "a token is not sent over http:// to a public address: use https://";
    return error_ == 0 ? "no answer" : uv_strerror(error_);
  }

  void on_connected(int error) override { dialer_.on_attempt(*this, error); }
  void on_read(std::string_view) override {}
  void on_read_end(int) override {}
  void on_written(int) override {}

  Dialer& dialer_;
  dns::Address address_;
  bool forbidden_ = false;
  int error_ = 0;
  uv::Owned<uv::Tcp> tcp_;
};

Dialer::Dialer(uv::Loop& loop, const dns::Addresses& addresses, bool private_only, OnDone on_done)
    : loop_(loop),
      addresses_(interleave_families(addresses)),
      private_only_(private_only),
      on_done_(std::move(on_done)),
      timer_(uv::Timer::create(loop, [this] { on_due(); })) {
  PLAYGROUND_CHECK(!addresses_.empty());
  try_next();
}

Dialer::~Dialer() = default;

// An address that can't even be tried (no route for its family) takes none of the delay.
void Dialer::try_next() {
  while (attempts_.size() < addresses_.size()) {
    attempts_.push_back(std::make_unique<Attempt>(*this, addresses_[attempts_.size()]));
    if (!attempts_.back()->start()) continue;
    ++pending_;
    timer_->start(kAttemptDelay);
    return;
  }
  // Nothing more to try. With nothing to wait for either that is the outcome, told on a later turn.
  if (pending_ == 0) {
    timer_->start(milliseconds{0});
  } else {
    timer_->stop();
  }
}

void Dialer::on_due() {
  if (pending_ > 0 || attempts_.size() < addresses_.size()) {
    try_next();
    return;
  }
  auto on_done = std::move(on_done_);
  on_done(unexpected(progress()));
}

void Dialer::on_attempt(Attempt& attempt, int error) {
  --pending_;
  if (error != 0) {
    attempt.fail(error);
    try_next();
    return;
  }
  Connected connected = attempt.take();
  attempts_.clear();
  timer_->stop();
  auto on_done = std::move(on_done_);
  on_done(std::move(connected));
}

std::string Dialer::progress() const {
  std::string text;
  for (const auto& attempt : attempts_) {
    if (!text.empty()) text += "; ";
    text += attempt->text();
  }
  return text;
}

}  // namespace playground::upstream
