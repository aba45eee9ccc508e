#include "app/origin_values.h"

#include <algorithm>

#include "base/text.h"

namespace playground::app::values {
namespace {

struct Scheme {
  std::string_view prefix;
  std::string_view port;  // which a browser leaves out
};
constexpr Scheme kSchemes[] = {{"http://", ":80"}, {"https://", ":443"}};

bool is_port(std::string_view text) {
  auto port = parse_unsigned(text);
  return port && *port >= 1 && *port <= 65535 && !text.starts_with('0');
}

// An origin is compared as it is sent, letter by letter (RFC 6454, 6.2): what no browser sends
// would never match, and is better refused than silently useless.
Result<void> check_origin(std::string_view origin) {
  auto refuse = [&](const std::string& why) -> Result<void> {
    return unexpected(std::string(origin) + ": " + why);
  };
  auto scheme = std::find_if(std::begin(kSchemes), std::end(kSchemes),
                             [&](const Scheme& s) { return origin.starts_with(s.prefix); });
  if (scheme == std::end(kSchemes)) return refuse("has to begin with http:// or https://");
  std::string_view authority = origin.substr(scheme->prefix.size());
  if (authority.find_first_of("/?#") != std::string_view::npos) {
    return refuse("an origin ends with its host or port, without a path or a slash");
  }
  if (std::any_of(authority.begin(), authority.end(),
                  [](char c) { return c >= 'A' && c <= 'Z'; })) {
    return refuse("browsers send it in small letters");
  }
  if (authority.ends_with(scheme->port)) {
    return refuse("browsers leave out " + std::string(scheme->port) + " there");
  }
  std::size_t colon = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  std::string_view host = authority.substr(0, colon);
  bool bracketed = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
  if (host.empty() || !(bracketed ? made_of(host.substr(1, host.size() - 2), ":.", false)
                                  : made_of(host, "-_.", true))) {
    return refuse("has no valid host");
  }
  if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1))) {
    return refuse("has no valid port");
  }
  return {};
}

}  // namespace

Result<void> CorsOrigins::assign(Config& config, std::string_view value, const Range&) {
  config.cors_origins.clear();
  for (std::string_view origin : split_list(value, ',')) {
    if (origin != "*") {
      if (auto checked = check_origin(origin); !checked) return checked;
    }
    config.cors_origins.emplace_back(origin);
  }
  const auto& all = config.cors_origins;
  if (all.empty()) return unexpected("names no origin");
  if (all.size() > 1 && std::find(all.begin(), all.end(), "*") != all.end()) {
    return unexpected("* beside other origins");
  }
  return {};
}

std::string CorsOrigins::show(const Config& config) {
  std::string text;
  for (const std::string& origin : config.cors_origins) {
    if (!text.empty()) text += ',';
    text += origin;
  }
  return text;
}

}  // namespace playground::app::values
