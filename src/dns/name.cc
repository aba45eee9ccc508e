#include "dns/name.h"

#include <utility>

#include "base/check.h"

namespace playground::dns {

Name::Name(uv::Loop& loop, Resolver& resolver, Endpoint endpoint, Events events)
    : resolver_(resolver),
      endpoint_(std::move(endpoint)),
      events_(std::move(events)),
      schedule_(Clock::now()),
      due_(uv::Timer::create(loop, [this] { start(); })),
      tell_(uv::Async::create(loop, [this] { tell_next(); })) {
  if (auto address = numeric_address(endpoint_)) {
    numeric_ = true;
    addresses_.push_back(*address);
    return;
  }
  start();
}

// One look-up at a time, whoever asks for it.
void Name::arm() {
  if (numeric_ || lookup_ != nullptr) return;
  auto left = schedule_.due() - Clock::now();
  due_->start(std::chrono::ceil<milliseconds>(left));
}

void Name::start() {
  lookup_ =
      resolver_.look_up(endpoint_, [this](Result<Answer> answer) { on_answer(std::move(answer)); });
}

// A failure takes nothing away: an address that was right is better than none.
void Name::on_answer(Result<Answer> answer) {
  lookup_.reset();
  if (answer) {
    schedule_.answered(Clock::now(), answer->ttl);
    failure_.clear();
    take(std::move(answer->addresses));
  } else {
    schedule_.failed(Clock::now());
    failure_ = answer.error().message;
    if (events_.on_failure) events_.on_failure(answer.error());
  }
  arm();
  told_.splice(told_.end(), waiting_);
  tell_next();
}

void Name::take(Addresses addresses) {
  bool changed = !addresses_.empty() && !same_set(addresses_, addresses);
  addresses_ = std::move(addresses);
  if (changed && events_.on_change) events_.on_change();
}

std::unique_ptr<Waiter> Name::wait(Waiter::Callback on_done) {
  PLAYGROUND_CHECK(addresses_.empty());
  std::unique_ptr<Waiter> waiter(new Waiter(*this, std::move(on_done)));
  waiting_.push_back(waiter.get());
  doubt();
  return waiter;
}

// Calling out comes last: who is told may drop its Waiter, other Waiters, and the Name.
void Name::tell_next() {
  if (told_.empty()) return;
  Waiter* waiter = told_.front();
  told_.pop_front();
  if (!told_.empty()) tell_->wake();
  waiter->name_ = nullptr;
  auto on_done = std::move(waiter->on_done_);
  if (addresses_.empty()) {
    on_done(unexpected(failure_));
  } else {
    on_done({});
  }
}

void Name::doubt() {
  schedule_.urge(Clock::now());
  arm();
}

void Name::forget(Waiter& waiter) {
  waiting_.remove(&waiter);
  told_.remove(&waiter);
}

Waiter::~Waiter() {
  if (name_ != nullptr) name_->forget(*this);
}

}  // namespace playground::dns
