// What the heads of requests and responses have in common: fields, persistence, and how the body is
// framed. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace playground::http {

enum class BodyKind { none, length, chunked, until_close };

struct Framing {
  BodyKind kind = BodyKind::none;
  std::uint64_t length = 0;  // for BodyKind::length
};

// Why a message is not taken: the status and error code of the reply that says so.
struct Refusal {
  int status = 400;
  std::string_view code = "bad_request";  // static text
  std::string message;
};

inline Unexpected<Refusal> refuse(int status, std::string_view code, std::string message) {
  return {Refusal{status, code, std::move(message)}};
}
inline Unexpected<Refusal> refuse(std::string message) {
  return {Refusal{400, "bad_request", std::move(message)}};
}

// RFC 9110, 5.6.2.
bool is_token(std::string_view text);

// Lines of "name: value" that each end with CRLF. More than `max_fields`: 431.
Result<Headers, Refusal> parse_fields(std::string_view lines, std::size_t max_fields);

// The framing that the fields declare; BodyKind::none where they say nothing. Everything that two
// parties could read differently (RFC 9112, 6.3) is refused.
Result<Framing, Refusal> framing_of(const Headers& headers, int minor_version);

// RFC 9112, 9.3.
bool is_persistent(const Headers& headers, int minor_version);

}  // namespace playground::http
