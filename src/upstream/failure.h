// Failure: why a backend gave no reply, as the caller and the metrics are told.
#pragma once

#include <string>
#include <string_view>

namespace playground::upstream {

struct Failure {
  enum class Kind {
    connect,       // refused, unreachable, not resolved, or not connected in time: nothing was sent
    tls,           // the handshake failed, as for a certificate that is refused: nothing was sent
    broken,        // the connection ended before the reply was whole
    invalid,       // what came is not HTTP, or over the limit
    timeout,       // connected, but no reply, or nothing more of it, in time
    unauthorized,  // it demands another token than the ui has: nothing was run
    busy,          // no backend may be given the request: nothing was sent
  };
  Kind kind = Kind::connect;
  std::string detail;
};

// "connect", "tls", "broken", …
std::string_view to_string(Failure::Kind kind);

}  // namespace playground::upstream
