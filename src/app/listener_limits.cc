#include "app/listener_limits.h"

namespace playground::app {

http::Limits listener_limits(const Config& config) {
  http::Limits limits;
  limits.max_body_bytes = config.max_body_bytes;
  limits.max_connections = config.max_connections;
  limits.head_timeout = config.head_timeout;
  limits.idle_timeout = config.idle_timeout;
  limits.body_timeout = config.body_timeout;
  limits.write_timeout = config.write_timeout;
  limits.min_rate = config.min_rate;
  return limits;
}

}  // namespace playground::app
