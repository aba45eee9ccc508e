// Name: the addresses of one host, kept up to date. The last good answer stays for ever; it is
// asked for again when its TTL is over, when it led nowhere, and after failures (schedule.h).
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>

#include "base/endpoint.h"
#include "base/result.h"
#include "dns/address.h"
#include "dns/resolver.h"
#include "dns/schedule.h"
#include "uv/async.h"
#include "uv/loop.h"
#include "uv/timer.h"

namespace playground::dns {

class Name;

// Someone who waits for the first answer. Dropping it cancels. The callback may drop it.
class Waiter {
 public:
  // Success: addresses() has some now. Errors: those of the look-up.
  using Callback = std::function<void(Result<void>)>;

  ~Waiter();
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

 private:
  friend class Name;
  Waiter(Name& name, Callback on_done) : name_(&name), on_done_(std::move(on_done)) {}

  Name* name_;  // null once told
  Callback on_done_;
};

class Name {
 public:
  // None of these may drop the Name.
  struct Events {
    std::function<void()> on_change;               // other addresses than before
    std::function<void(const Error&)> on_failure;  // a look-up has failed
  };

  // The first look-up starts at once. An address in numbers is its own answer and never looked up.
  // The resolver outlives the Name, which outlives its Waiters.
  Name(uv::Loop& loop, Resolver& resolver, Endpoint endpoint, Events events);

  // The last good answer, the best first; empty until there has been one.
  const Addresses& addresses() const { return addresses_; }

  // Only while there are no addresses. Never calls back before it returns.
  std::unique_ptr<Waiter> wait(Waiter::Callback on_done);

  // Nobody could be reached at these addresses: they are asked for again, at most once a second.
  void doubt();

  // Why the last look-up failed; empty when it did not.
  const std::string& failure() const { return failure_; }

 private:
  friend class Waiter;
  void arm();
  void start();
  void on_answer(Result<Answer> answer);
  void take(Addresses addresses);
  void tell_next();
  void forget(Waiter& waiter);

  Resolver& resolver_;
  Endpoint endpoint_;
  Events events_;
  bool numeric_ = false;
  Addresses addresses_;
  std::string failure_;
  Schedule schedule_;
  std::list<Waiter*> waiting_;  // for the look-up to end
  std::list<Waiter*> told_;     // it has ended: one is told each turn
  std::unique_ptr<Lookup> lookup_;
  uv::Owned<uv::Timer> due_;
  uv::Owned<uv::Async> tell_;
};

}  // namespace playground::dns
