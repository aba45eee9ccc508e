#include "base/address.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "base/ip_address.h"

namespace playground {
namespace {

IpRange range_of(const char* text) {
  auto range = IpRange::parse(text);
  PLAYGROUND_CHECK(range.has_value());
  return *range;
}

bool is_private(const IpAddress& address) {
  static const std::array<IpRange, 8> kRanges{
      range_of("0.0.0.0"),       range_of("127.0.0.0/8"),    range_of("10.0.0.0/8"),
      range_of("172.16.0.0/12"), range_of("192.168.0.0/16"), range_of("::"),
      range_of("::1"),           range_of("fc00::/7")};
  return std::any_of(kRanges.begin(), kRanges.end(),
                     [&](const IpRange& range) { return range.contains(address); });
}

}  // namespace

bool is_private(const sockaddr_storage& address) {
  auto number = IpAddress::of(address);
  return number && is_private(*number);
}

bool is_private(const std::string& host) {
  auto number = IpAddress::parse(host);
  return number && is_private(*number);
}

}  // namespace playground
