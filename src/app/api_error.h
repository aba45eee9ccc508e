// The one form that errors have: {"error": {"code": …, "message": …, "field": …}}.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "http/message.h"

namespace playground::app {

struct ApiError {
  int status = 400;
  std::string code;     // for programs: "missing_field"
  std::string message;  // for people: names what is wrong and what is allowed
  std::string field;    // the request's field that it is about; empty when there is none
};

http::Response to_response(const ApiError& error);

// A 415 with that message.
http::Response unsupported_media_type(std::string_view message);

// The "error" of an object that has been begun.
void write_error(JsonWriter& json, const ApiError& error);

// A 503 that promises that nothing was started, so that a router may ask another backend; or a
// reply of another status that promises it, as 429.
http::Response not_started(std::string_view code, std::string_view message,
                           std::int64_t retry_after_seconds, int status = 503);

}  // namespace playground::app
