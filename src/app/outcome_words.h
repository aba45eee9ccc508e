// How a run ended, or why there was none, in a sentence for people: the words that
// static/src/run/outcome.js has for browsers with JavaScript.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

namespace playground::app {

// "Stopped after 10.0 s on backend gcp: the time limit for one run. Standard output was cut off."
// `reply` is the body of a 200; without a `backend` none is named.
std::string describe_run(const simdjson::dom::element& reply, std::string_view backend);

// The same run for the style sheet: "ok", "ended" (by itself, and not well) or "stopped".
std::string_view kind_of_run(const simdjson::dom::element& reply);

// "The service is busy (503): too many programs are waiting. Try again in 1 s." `message` is the
// error's, `retry_after` the header's seconds; either may be empty.
std::string describe_refusal(int status, std::string_view message, std::string_view retry_after);

}  // namespace playground::app
