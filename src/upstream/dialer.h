// Dialer: connects to one of several addresses ("happy eyeballs", RFC 8305): they are tried one
// after the other without waiting for the end of the one before, and the first that connects wins.
// It has no time limit of its own: whoever drops it has waited long enough.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "dns/address.h"
#include "uv/tcp.h"
#include "uv/timer.h"

namespace playground::upstream {

// The families take turns, beginning with that of the first address; within a family the order
// stays (RFC 8305, 4, with a First Address Family Count of 1).
dns::Addresses interleave_families(const dns::Addresses& addresses);

class Dialer {
 public:
  struct Connected {
    uv::Owned<uv::Tcp> tcp;  // without an owner
    dns::Address address;
  };
  // Comes once, and may drop the Dialer. The error has what progress() tells.
  using OnDone = std::function<void(Result<Connected>)>;

  // How long an attempt is alone (RFC 8305, 5: Connection Attempt Delay).
  static constexpr milliseconds kAttemptDelay{250};

  // At least one address; with `private_only` those that are neither loopback nor private are not
  // tried. Never calls back before it returns.
  Dialer(uv::Loop& loop, const dns::Addresses& addresses, bool private_only, OnDone on_done);
  ~Dialer();
  Dialer(const Dialer&) = delete;
  Dialer& operator=(const Dialer&) = delete;

  // What became of each address that was tried: "10.0.0.1:6000: connection refused; [::1]:6000: no
  // answer".
  std::string progress() const;

 private:
  class Attempt;

  void try_next();
  void on_due();
  void on_attempt(Attempt& attempt, int error);

  uv::Loop& loop_;
  dns::Addresses addresses_;
  bool private_only_;
  OnDone on_done_;
  std::vector<std::unique_ptr<Attempt>> attempts_;  // of the first addresses, in their order
  std::size_t pending_ = 0;
  uv::Owned<uv::Timer> timer_;
};

}  // namespace playground::upstream
