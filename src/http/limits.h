// Limits: the bounds on what a client may make us hold or wait for.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace playground::http {

struct Limits {
  std::size_t max_head_bytes = 16 * 1024;
  std::size_t max_target_bytes = 8 * 1024;
  std::size_t max_headers = 100;
  std::size_t max_body_bytes = 16 * 1024 * 1024;
  std::size_t max_connections = 1000;
  // A POST, PUT or PATCH has to say how long its body is; else, saying nothing, it has none (RFC
  // 9112, 6.3).
  bool length_required = true;
  milliseconds head_timeout{15'000};  // from the first byte of a head to its end
  milliseconds idle_timeout{60'000};  // between requests
  // A body has to be there, a reply to be taken, within this time, or else `min_rate` of it in each
  // such time: who keeps that rate is never cut off, and who sends or takes a byte a second holds a
  // connection no longer than who does nothing.
  milliseconds body_timeout{15'000};
  milliseconds write_timeout{60'000};
  std::uint64_t min_rate = 1024;  // bytes a second, at least 1
};

}  // namespace playground::http
