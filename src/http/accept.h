// Accept: which of two forms of a reply a client would rather have. Pure.
#pragma once

#include <string_view>

#include "http/message.h"

namespace playground::http {

// RFC 9110, 12.5.1: whether a client asks for `media_type` by its name, with no less weight than
// the most specific range of its list gives to `usual`, as "application/json". Without the field,
// and where only a range such as */* takes it in, the usual one is sent. Members that are not well
// formed count as not sent.
bool asks_for(const Headers& request, std::string_view media_type, std::string_view usual);

}  // namespace playground::http
