// How a run ended, in a sentence for people: the words that static/src/run/outcome.js has for
// browsers with JavaScript.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

namespace playground::app {

// "Stopped after 10.0 s on backend gcp: the time limit for one run. Standard output was cut off."
// `reply` is the body of a 200; without a `backend` none is named.
std::string describe_run(const simdjson::dom::element& reply, std::string_view backend);

}  // namespace playground::app
