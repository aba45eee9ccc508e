// What a browser's form asks to be run, as the JSON that backends take.
#pragma once

#include <string>

#include "app/api_error.h"
#include "base/result.h"
#include "http/message.h"

namespace playground::app {

// What stood in the fields that people fill in, for a page that shows it again.
struct FormFields {
  std::string code;
  std::string input;      // "stdin"
  std::string arguments;  // a line of them
};

struct FormProgram {
  std::string token;  // of a page that asks for one; empty: none. Not for the backend
  std::string body;  // {"code": …, "stdin": …, "args": […], "timeout_ms": …, "python": …}
};

// True for application/x-www-form-urlencoded and multipart/form-data.
bool is_form(std::string_view media_type);

// What can be read of a form's fields, whatever else is wrong with it: nobody is to type it again.
FormFields read_fields(const http::Request& request);

// Fields: code (required), stdin, args (once for each), arguments (a line of further ones, as a
// shell would read it), timeout_ms, python, token; others, as a button's, are passed over. An empty
// python is none, as the first choice of a list is. Browsers end the lines of a text area with
// CRLF; programs and their input get LF.
Result<FormProgram, ApiError> read_form(const http::Request& request);

}  // namespace playground::app
