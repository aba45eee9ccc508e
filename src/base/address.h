// What kind of place a network address is.
#pragma once

#include <sys/socket.h>

#include <string>

namespace playground {

// Loopback (127.0.0.0/8, ::1; also 0.0.0.0 and ::, which lead there) or private (RFC 1918; RFC
// 4193: fc00::/7), IPv4 in IPv6 included.
bool is_private(const sockaddr_storage& address);

// The same of an address in numbers, as "10.0.0.1"; false for anything else.
bool is_private(const std::string& host);

}  // namespace playground
