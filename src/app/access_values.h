// AccessValues: how the options of who may ask, how often, and what is logged of it, are read and
// shown.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "app/options.h"
#include "base/result.h"

namespace playground::app::values {

struct TrustedProxies {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

// "100/s", "600/m;burst=50".
struct RateLimitValue {
  static Result<void> assign(Config& config, std::string_view value, const Range& range);
  static std::string show(const Config& config);
};

struct AccessLogValue {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

}  // namespace playground::app::values
