// OriginValues: how the sites that may call us from a browser are read and shown.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "app/options.h"
#include "base/result.h"

namespace playground::app::values {

inline constexpr Range kOriginsRange{
    .words =
        "http://HOST[:PORT] or https://HOST[:PORT] as browsers send them, separated by "
        "commas, or * alone"};

struct CorsOrigins {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

}  // namespace playground::app::values
