// EntityTag: whether a client already has what it asks for. Pure.
#pragma once

#include <string_view>

#include "http/message.h"

namespace playground::http {

// Whether If-None-Match (RFC 9110, 13.1.2) names `tag`, or is "*": then the answer to GET and HEAD
// is 304. `tag` with its quotes; tags are compared weakly (8.8.3.2). What follows something that is
// no tag is not looked at.
bool is_known_to_client(const Headers& request, std::string_view tag);

}  // namespace playground::http
