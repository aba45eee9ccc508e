#include "http/framing.h"

#include <utility>

#include "base/text.h"

namespace playground::http {

bool is_token(std::string_view text) {
  // RFC 9110, 5.6.2.
  static constexpr auto kTable = letters_digits_and("!#$%&'*+-.^_`|~");
  for (char c : text) {
    if (!kTable[static_cast<unsigned char>(c)]) return false;
  }
  return !text.empty();
}

Result<Headers, Refusal> parse_fields(std::string_view lines, std::size_t max_fields) {
  Headers headers;
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(line.size() + 2);
    if (headers.size() == max_fields) {
      return refuse(431, "headers_too_large", "too many header fields");
    }
    std::size_t colon = line.find(':');
    // A blank before the colon lands here too (RFC 9112, 5.1).
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
      return refuse("a header field without a proper name");
    }
    headers.add(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return headers;
}

Result<Framing, Refusal> framing_of(const Headers& headers, int minor_version) {
  std::size_t codings = headers.count("transfer-encoding");
  std::size_t lengths = headers.count("content-length");
  if (codings > 0) {
    if (minor_version == 0) return refuse("Transfer-Encoding in HTTP/1.0");
    if (lengths > 0) return refuse("both Transfer-Encoding and Content-Length");
    if (codings > 1) return refuse("more than one Transfer-Encoding");
    if (!equals_ignoring_case(*headers.get("transfer-encoding"), "chunked")) {
      return refuse(501, "not_implemented", "a Transfer-Encoding other than chunked");
    }
    return Framing{BodyKind::chunked, 0};
  }
  if (lengths > 1) return refuse("more than one Content-Length");
  if (lengths == 0) return Framing{};
  auto length = parse_unsigned(*headers.get("content-length"));
  if (!length) return refuse("a Content-Length that is not a number");
  return Framing{*length == 0 ? BodyKind::none : BodyKind::length, *length};
}

bool is_persistent(const Headers& headers, int minor_version) {
  bool keep_alive = minor_version > 0;
  for (const Header& field : headers) {
    if (!equals_ignoring_case(field.name, "connection")) continue;
    for (std::string_view option : split_list(field.value, ',')) {
      if (equals_ignoring_case(option, "close")) return false;
      if (equals_ignoring_case(option, "keep-alive")) keep_alive = true;
    }
  }
  return keep_alive;
}

}  // namespace playground::http
