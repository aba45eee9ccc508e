// Writer: a Response to the bytes of its head. Pure but for date_now().
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/framing.h"
#include "http/message.h"

namespace playground::http {

// What the request decides about its reply's form.
struct ReplyForm {
  bool keep_alive = true;
  int minor_version = 1;   // of the request
  bool head_only = false;  // the answer to HEAD: the length of the body, but not the body
  std::string_view id{};   // for X-Request-Id; empty: none
};

// Valid until the thread's next call: status line, fields and empty line; X-Content-Type-Options:
// nosniff is always among them. Content-Type is application/json where the response has a body and
// names none. Line breaks in values become blanks, so that no value can begin a field of its own.
std::string_view write_head(const Response& response, const ReplyForm& form, std::string_view date);

// The same for a body that comes later, framed like this.
std::string_view write_head(const Response& response, const Framing& framing, const ReplyForm& form,
                            std::string_view date);

// False where the body stays at home: HEAD, 204, 304.
bool sends_body(const Response& response, const ReplyForm& form);

// RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::time_t time);

// The date of now, made anew once a second and thread. Valid until the next call.
std::string_view date_now();

}  // namespace playground::http
