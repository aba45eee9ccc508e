// ListenerLimits: the operator's bounds on clients, as the servers take them.
#pragma once

#include "app/config.h"
#include "http/limits.h"

namespace playground::app {

// Those of the ui's and the backend's listeners; the admin's differ in connections and bodies.
http::Limits listener_limits(const Config& config);

}  // namespace playground::app
