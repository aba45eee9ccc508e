// A line of arguments, as people type it into the page's one field for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/api_error.h"
#include "base/result.h"

namespace playground::app {

// Words as a POSIX shell makes them (2.2 Quoting), without any expansion: blanks part them, a
// backslash and '…' take what follows as it is, "…" too but for \" and \\.
// static/src/program/arguments.js does the same for browsers with JavaScript. Errors: a quote that
// nothing closes.
Result<std::vector<std::string>, ApiError> split_arguments(std::string_view line);

}  // namespace playground::app
