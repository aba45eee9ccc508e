// Authority: which host, and perhaps which port, a request is for. Pure.
#pragma once

#include <string_view>

namespace playground::http {

// RFC 9110, 4.2.1 and RFC 3986, 3.2: a host that is not empty, as a name, an IPv4 address or an
// address in brackets, then perhaps ":" and a port, which may be empty and is at most 65535. Never
// user information (RFC 9110, 4.2.4).
bool is_authority(std::string_view text);

}  // namespace playground::http
