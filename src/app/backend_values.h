// BackendValues: how the backends' URLs and the name servers are read and shown.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "app/options.h"
#include "base/result.h"

namespace playground::app::values {

struct Backends {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

struct DnsServers {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config) { return config.dns_servers; }
};

}  // namespace playground::app::values
