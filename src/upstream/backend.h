// Backend: one of those that requests are sent to, as the operator named it.
#pragma once

#include <memory>
#include <string>

#include "base/endpoint.h"
#include "tls/client.h"

namespace playground::upstream {

struct Backend {
  std::string name;
  Endpoint endpoint;
  unsigned weight = 1;                         // 1 to Rotation::kMaxWeight
  std::shared_ptr<tls::Client> tls = nullptr;  // for https; its name is the one that is verified

  // What it is called in requests: a host and a port.
  std::string host() const {
    return tls ? Endpoint{tls->name(), endpoint.port}.text() : endpoint.text();
  }
};

}  // namespace playground::upstream
