#include "http/authority.h"

#include <arpa/inet.h>

#include <cstdint>
#include <string>

#include "base/text.h"

namespace playground::http {
namespace {

constexpr std::uint64_t kMaxPort = 65535;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// RFC 3986, 3.2.2: reg-name, which covers IPv4 addresses; a "%" begins an encoded byte.
bool is_name(std::string_view text) {
  // RFC 3986, 2.2 and 2.3: unreserved characters and sub-delims.
  static constexpr auto kTable = letters_digits_and("-._~!$&'()*+,;=");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return false;
      at += 2;
    } else if (!kTable[static_cast<unsigned char>(text[at])]) {
      return false;
    }
  }
  return !text.empty();
}

// RFC 3986, 3.2.2: what stands between brackets. Addresses of later versions, which nobody has
// defined, are refused.
bool is_ip_literal(std::string_view text) {
  in6_addr address{};
  return ::inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

bool is_port(std::string_view text) {
  if (text.empty()) return true;
  auto port = parse_unsigned(text);
  return port && *port <= kMaxPort;
}

}  // namespace

bool is_authority(std::string_view text) {
  std::string_view host;
  bool literal = text.starts_with('[');
  if (literal) {
    std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
  } else {
    host = text.substr(0, text.find(':'));
    text.remove_prefix(host.size());
  }
  if (!text.empty() && (text.front() != ':' || !is_port(text.substr(1)))) return false;
  return literal ? is_ip_literal(host) : is_name(host);
}

}  // namespace playground::http
