// AcceptEncoding: in which coding a client would rather have a body. Pure.
#pragma once

#include "http/message.h"

namespace playground::http {

enum class Coding { kIdentity, kGzip, kBrotli };

// What there is besides the body as it is.
struct Codings {
  bool gzip = false;
  bool brotli = false;
};

// RFC 9110, 12.5.3: of those that there are the one that weighs most; where some weigh the same,
// br before gzip (or x-gzip) before identity. Without the field, and where nothing of it is
// acceptable, the body stays as it is. Members that are not well formed count as not sent.
Coding preferred_coding(const Headers& request, Codings available);

}  // namespace playground::http
