// AcceptEncoding: whether a client would rather have a body in gzip than as it is. Pure.
#pragma once

#include "http/message.h"

namespace playground::http {

// RFC 9110, 12.5.3: of gzip (or x-gzip) and identity the one that weighs more, gzip where they
// weigh the same. Without the field, and where nothing of it is acceptable, the body stays as it
// is. Members that are not well formed count as not sent.
bool prefers_gzip(const Headers& request);

}  // namespace playground::http
