#include "dns/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace playground::dns {
namespace {

const sockaddr_in& v4(const Address& address) {
  return reinterpret_cast<const sockaddr_in&>(address);
}

const sockaddr_in6& v6(const Address& address) {
  return reinterpret_cast<const sockaddr_in6&>(address);
}

}  // namespace

std::optional<Address> numeric_address(const Endpoint& endpoint) {
  Address address{};
  auto& as_v4 = reinterpret_cast<sockaddr_in&>(address);
  if (inet_pton(AF_INET, endpoint.host.c_str(), &as_v4.sin_addr) == 1) {
    as_v4.sin_family = AF_INET;
    as_v4.sin_port = htons(endpoint.port);
    return address;
  }
  address = {};
  auto& as_v6 = reinterpret_cast<sockaddr_in6&>(address);
  if (inet_pton(AF_INET6, endpoint.host.c_str(), &as_v6.sin6_addr) == 1) {
    as_v6.sin6_family = AF_INET6;
    as_v6.sin6_port = htons(endpoint.port);
    return address;
  }
  return std::nullopt;
}

bool same_address(const Address& a, const Address& b) {
  if (a.ss_family != b.ss_family) return false;
  if (a.ss_family == AF_INET6) {
    return v6(a).sin6_port == v6(b).sin6_port && v6(a).sin6_scope_id == v6(b).sin6_scope_id &&
           std::memcmp(&v6(a).sin6_addr, &v6(b).sin6_addr, sizeof(in6_addr)) == 0;
  }
  return v4(a).sin_port == v4(b).sin_port && v4(a).sin_addr.s_addr == v4(b).sin_addr.s_addr;
}

bool holds(const Addresses& addresses, const Address& address) {
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const Address& one) { return same_address(one, address); });
}

bool same_set(const Addresses& a, const Addresses& b) {
  auto within = [](const Addresses& all, const Addresses& some) {
    return std::all_of(some.begin(), some.end(),
                       [&](const Address& address) { return holds(all, address); });
  };
  return within(a, b) && within(b, a);
}

}  // namespace playground::dns
