#include "app/access_values.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace playground::app::values {
namespace {

constexpr std::uint64_t kMostRequests = 1'000'000;

constexpr std::array<std::pair<std::string_view, std::chrono::seconds>, 3> kUnits{{
    {"s", std::chrono::seconds(1)},
    {"m", std::chrono::seconds(60)},
    {"h", std::chrono::seconds(3600)},
}};

constexpr std::array<std::pair<std::string_view, AccessLines>, 3> kLines{{
    {"off", AccessLines::off},
    {"errors", AccessLines::errors},
    {"all", AccessLines::all},
}};

std::optional<std::chrono::seconds> parse_unit(std::string_view text) {
  for (const auto& [name, period] : kUnits) {
    if (text == name) return period;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  auto count = parse_unsigned(text);
  return count && *count >= 1 && *count <= kMostRequests ? count : std::nullopt;
}

}  // namespace

Result<void> TrustedProxies::assign(Config& config, std::string_view value, const Range&) {
  std::vector<IpRange> proxies;
  for (std::string_view part : split_list(value, ',')) {
    auto range = IpRange::parse(part);
    if (!range) return Unexpected<Error>{range.error()};
    proxies.push_back(*range);
  }
  config.trusted_proxies = std::move(proxies);
  return {};
}

std::string TrustedProxies::show(const Config& config) {
  std::string text;
  for (const IpRange& range : config.trusted_proxies) {
    if (!text.empty()) text += ',';
    text += range.text();
  }
  return text;
}

Result<void> RateLimitValue::assign(Config& config, std::string_view value, const Range&) {
  constexpr std::string_view kBurst = ";burst=";
  std::size_t burst_at = value.find(';');
  std::string_view rate = value.substr(0, burst_at);
  std::size_t slash = rate.find('/');
  if (slash == std::string_view::npos) return unexpected("no unit of time behind a slash");
  auto period = parse_unit(rate.substr(slash + 1));
  if (!period) return unexpected("the unit of time is neither s, m nor h");
  auto count = parse_count(rate.substr(0, slash));
  if (!count) return unexpected("the number of programs is out of range");
  RateLimit limit{*count, *period, *count};
  if (burst_at != std::string_view::npos) {
    std::string_view rest = value.substr(burst_at);
    if (!rest.starts_with(kBurst)) return unexpected("only ;burst=N may follow");
    auto burst = parse_count(rest.substr(kBurst.size()));
    if (!burst) return unexpected("the burst is out of range");
    limit.burst = *burst;
  }
  config.rate_limit = limit;
  return {};
}

std::string RateLimitValue::show(const Config& config) {
  const RateLimit& limit = config.rate_limit;
  if (!limit) return "";
  std::string text = std::to_string(limit.count) + "/";
  for (const auto& [name, period] : kUnits) {
    if (limit.period == period) text += name;
  }
  return text + ";burst=" + std::to_string(limit.burst);
}

Result<void> AccessLogValue::assign(Config& config, std::string_view value, const Range&) {
  for (const auto& [name, lines] : kLines) {
    if (name != value) continue;
    config.access_log = lines;
    return {};
  }
  return unexpected("unknown");
}

std::string AccessLogValue::show(const Config& config) {
  for (const auto& [name, lines] : kLines) {
    if (lines == config.access_log) return std::string(name);
  }
  return "";
}

}  // namespace playground::app::values
