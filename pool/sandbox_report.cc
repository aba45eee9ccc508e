#include "pool/sandbox_report.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace playground::pool {

template <typename... Arguments>
void SandboxReport::add(const char* format, Arguments... arguments) {
  const std::size_t room = sizeof lines_ - used_;
  const int length = std::snprintf(lines_ + used_, room, format, arguments...);
  if (length > 0) used_ += std::min(static_cast<std::size_t>(length), room - 1);
}

void SandboxReport::on(protocol::Tier tier, const char* layer, const char* detail) {
  add("%s\t%s\ton%s%s\n", name_of(tier), layer, *detail != '\0' ? ", " : "", detail);
}

void SandboxReport::missing(protocol::Tier tier, const char* layer, const char* step, int error) {
  add("%s\t%s\tmissing: %s: %s\n", name_of(tier), layer, step, std::strerror(error));
  bound(tier);
}

void SandboxReport::off(protocol::Tier tier, const char* layer, const char* why) {
  add("%s\t%s\toff: %s\n", name_of(tier), layer, why);
  bound(tier);
}

void SandboxReport::untold(const char* layer, const char* step, int error) {
  add("%s\t%s\tnot told: %s: %s\n", name_of(protocol::Tier::t0), layer, step, std::strerror(error));
}

void SandboxReport::bound(protocol::Tier tier) {
  const auto below = static_cast<std::uint32_t>(tier) - 1U;
  tier_ = std::min(tier_, static_cast<protocol::Tier>(below));
}

}  // namespace playground::pool
