// The head of a request: line and fields to a Request whose framing is beyond doubt, or the
// refusal. Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "http/framing.h"
#include "http/limits.h"
#include "http/message.h"

namespace playground::http {

struct RequestHead {
  Request request;  // without body and peer
  Framing framing;
  bool keep_alive = false;
  bool expects_continue = false;
};

// `line` without its CRLF. Sets method, path, query, minor_version, and Host where the target names
// one, of a request that has nothing yet.
Result<void, Refusal> parse_request_line(std::string_view line, const Limits& limits,
                                         Request& request);

// Sets the rest, of a head whose request line is there. `fields` as HeadScanner gives them.
Result<void, Refusal> parse_request_fields(std::string_view fields, const Limits& limits,
                                           RequestHead& head);

}  // namespace playground::http
