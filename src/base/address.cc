#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdint>
#include <cstring>

namespace playground {
namespace {

bool is_private_v4(const in_addr& address) {
  std::uint32_t bits = ntohl(address.s_addr);
  return bits == 0 ||            // 0.0.0.0 leads to this machine
         bits >> 24 == 127 ||    // 127.0.0.0/8
         bits >> 24 == 10 ||     // 10.0.0.0/8
         bits >> 20 == 0xAC1 ||  // 172.16.0.0/12
         bits >> 16 == 0xC0A8;   // 192.168.0.0/16
}

bool is_private_v6(const in6_addr& address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    in_addr v4{};
    std::memcpy(&v4, &address.s6_addr[12], sizeof(v4));
    return is_private_v4(v4);
  }
  return IN6_IS_ADDR_UNSPECIFIED(&address) || IN6_IS_ADDR_LOOPBACK(&address) ||
         (address.s6_addr[0] & 0xFE) == 0xFC;
}

}  // namespace

bool is_private(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    return is_private_v4(reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  }
  return address.ss_family == AF_INET6 &&
         is_private_v6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

bool is_private(const std::string& host) {
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return is_private_v4(v4);
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && is_private_v6(v6);
}

}  // namespace playground
