#include "upstream/not_started.h"

#include <simdjson.h>

namespace playground::upstream {

bool promises_not_started(std::string_view body) {
  simdjson::dom::parser parser;
  bool started = true;
  auto error = parser.parse(body.data(), body.size()).at_key("started").get(started);
  return error == simdjson::SUCCESS && !started;
}

}  // namespace playground::upstream
