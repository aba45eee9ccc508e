#include "base/ip_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/text.h"

namespace playground {
namespace {

constexpr unsigned kV4Bits = 32;
constexpr unsigned kV6Bits = 128;
// Where an IPv4 address begins in its form of IPv6.
constexpr unsigned kV4Offset = kV6Bits - kV4Bits;
constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  char terminated[INET6_ADDRSTRLEN];
  if (text.size() >= sizeof(terminated) || text.find('\0') != text.npos) return std::nullopt;
  std::memcpy(terminated, text.data(), text.size());
  terminated[text.size()] = '\0';
  IpAddress address;
  if (inet_pton(AF_INET, terminated, &address.bytes_[kMapped.size()]) == 1) {
    std::copy(kMapped.begin(), kMapped.end(), address.bytes_.begin());
    return address;
  }
  if (inet_pton(AF_INET6, terminated, address.bytes_.data()) == 1) return address;
  return std::nullopt;
}

std::optional<IpAddress> IpAddress::of(const sockaddr_storage& address) {
  IpAddress number;
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    std::copy(kMapped.begin(), kMapped.end(), number.bytes_.begin());
    std::memcpy(&number.bytes_[kMapped.size()], &v4.sin_addr, sizeof(v4.sin_addr));
    return number;
  }
  if (address.ss_family != AF_INET6) return std::nullopt;
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
  std::memcpy(number.bytes_.data(), &v6.sin6_addr, number.bytes_.size());
  return number;
}

bool IpAddress::is_v4() const {
  return std::equal(kMapped.begin(), kMapped.end(), bytes_.begin());
}

std::string IpAddress::text() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (is_v4()) {
    inet_ntop(AF_INET, &bytes_[kMapped.size()], text, sizeof(text));
  } else {
    inet_ntop(AF_INET6, bytes_.data(), text, sizeof(text));
  }
  return text;
}

IpAddress IpAddress::prefix(unsigned bits) const {
  IpAddress address = *this;
  unsigned kept = is_v4() ? kV4Offset + bits : bits;
  for (unsigned i = 0; i < address.bytes_.size(); ++i) {
    unsigned whole = std::min(kept, 8U);
    kept -= whole;
    address.bytes_[i] &= static_cast<unsigned char>(0xFF00U >> whole);
  }
  return address;
}

Result<IpRange> IpRange::parse(std::string_view text) {
  std::size_t slash = text.find('/');
  auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return unexpected(std::string(text) + " does not begin with an address in numbers");
  unsigned most = address->is_v4() ? kV4Bits : kV6Bits;
  std::uint64_t bits = most;
  if (slash != std::string_view::npos) {
    auto number = parse_unsigned(text.substr(slash + 1));
    if (!number || *number > most) {
      return unexpected(std::string(text) + " has no length of 0 to " + std::to_string(most) +
                        " behind its slash");
    }
    bits = *number;
  }
  IpRange range;
  range.bits_ = static_cast<unsigned>(bits);
  range.first_ = address->prefix(range.bits_);
  if (range.first_ != *address) {
    return unexpected(std::string(text) + " goes on behind its length; " + range.text() +
                      " is a range");
  }
  return range;
}

bool IpRange::contains(const IpAddress& address) const {
  return address.is_v4() == first_.is_v4() && address.prefix(bits_) == first_;
}

std::string IpRange::text() const {
  bool single = bits_ == (first_.is_v4() ? kV4Bits : kV6Bits);
  return single ? first_.text() : first_.text() + "/" + std::to_string(bits_);
}

}  // namespace playground
