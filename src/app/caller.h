// Callers: who asks. Behind load balancers and the ui the peer of a connection is not the caller:
// these say in X-Forwarded-For whom they speak for, and are believed if the operator trusts them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/tokens.h"
#include "base/ip_address.h"
#include "http/message.h"

namespace playground::app {

// The ui says by it which caller of its own it speaks for; a backend believes it of a ui that has
// shown a token.
inline constexpr std::string_view kCallerField = "X-Playground-Caller";

struct Caller {
  std::string address;  // in numbers; empty when the peer has gone
  // Who it is to the rate limit and to the queue: "token-2", or the address, of IPv6 the first 64
  // bits: "2001:db8::/64", for a host has all addresses behind these; "ui/token-2" when a ui says
  // so.
  std::string key;
  bool by_token = false;
};

// Whom the operator trusts to speak for others.
struct Trust {
  std::vector<IpRange> proxies;  // addresses of peers
  bool tokens = false;           // whoever shows one of the role's tokens: the ui to its backends
  std::vector<std::string> own_ui{};  // a token of the ui in the same process, beside the role's
};

class Callers {
 public:
  // The tokens outlive it.
  Callers(const Tokens& tokens, Trust trust)
      : tokens_(tokens), own_ui_(std::move(trust.own_ui)), trust_(std::move(trust)) {}

  // By the token that the request has in its Authorization, or by the one of this number, which it
  // has shown elsewhere.
  Caller identify(const http::Request& request,
                  std::optional<std::size_t> shown = std::nullopt) const;

  // The address alone.
  std::string address_of(const http::Request& request) const;
  // Whether that may be another one than the peer's.
  bool believes_anybody() const {
    return !trust_.proxies.empty() || trust_.tokens || own_ui_.demanded();
  }

 private:
  bool is_ui(const http::Headers& headers) const;
  std::string address_of(const http::Request& request, bool ui, bool& told) const;
  std::optional<IpAddress> forwarded(const http::Headers& headers) const;
  bool is_proxy(const IpAddress& address) const;

  const Tokens& tokens_;
  const Tokens own_ui_;
  const Trust trust_;
};

}  // namespace playground::app
