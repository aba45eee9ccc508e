// IpAddress: a network address in numbers, IPv4 or IPv6; IpRange: all of those that begin alike.
#pragma once

#include <sys/socket.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace playground {

class IpAddress {
 public:
  // "10.0.0.1" or "2001:db8::1", without brackets, port or zone. An IPv4 address that is written as
  // IPv6 ("::ffff:10.0.0.1", RFC 4291, 2.5.5.2) is the IPv4 address. nullopt for anything else.
  static std::optional<IpAddress> parse(std::string_view text);

  // That of a socket's address; nullopt where it is of another family.
  static std::optional<IpAddress> of(const sockaddr_storage& address);

  bool is_v4() const;
  std::string text() const;

  // Its first bits, of 32 or 128; the others are 0.
  IpAddress prefix(unsigned bits) const;

  bool operator==(const IpAddress&) const = default;

 private:
  std::array<unsigned char, 16> bytes_{};  // of IPv4 the form that IPv6 has for it
};

class IpRange {
 public:
  // An address, or an address and how many of its first bits count (RFC 4632, 3.1; RFC 4291, 2.3):
  // "10.0.0.0/8", "2001:db8::/32". Errors: neither of them; bits behind those that count.
  static Result<IpRange> parse(std::string_view text);

  bool contains(const IpAddress& address) const;
  // As one would write it; a single address without its length.
  std::string text() const;

 private:
  IpAddress first_{};
  unsigned bits_ = 0;
};

}  // namespace playground
