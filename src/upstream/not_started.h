// What a 503 promises.
#pragma once

#include <string_view>

namespace playground::upstream {

// Whether the body is a JSON object with `"started": false`: nothing was run, and another backend
// may be asked.
bool promises_not_started(std::string_view body);

}  // namespace playground::upstream
