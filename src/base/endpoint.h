// Endpoint: a host and a port as people write them: "127.0.0.1:5000", "[::1]:5000",
// "backend.local:80".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace playground {

struct Endpoint {
  std::string host;  // without brackets
  std::uint16_t port = 0;

  // nullopt unless there is a host, a colon, and a port of 0 to 65535.
  static std::optional<Endpoint> parse(std::string_view text);

  std::string text() const;

  // "127.0.0.0/8", "::1" or "localhost".
  bool is_loopback() const;

  // An address in numbers rather than a name.
  bool is_numeric() const;

  bool operator==(const Endpoint&) const = default;
};

// What stands before the port of a peer's address as a socket tells it, without brackets; empty for
// an empty one.
std::string_view host_of(std::string_view peer);

}  // namespace playground
