// ReplyStart: what there is of a backend's reply when it begins.
#pragma once

#include <cstdint>
#include <optional>

#include "http/message.h"

namespace playground::upstream {

struct ReplyStart {
  // The head, and what has come of the body with it: all of it where the reply is whole.
  http::Response response;
  bool whole = true;
  // Of the whole body in bytes, where the backend has told.
  std::optional<std::uint64_t> length;
};

}  // namespace playground::upstream
