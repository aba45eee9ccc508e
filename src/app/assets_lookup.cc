#include <algorithm>

#include "app/assets.h"
#include "base/check.h"

namespace playground::app {

const Asset& asset(std::string_view name) {
  std::span<const Asset> all = assets();
  auto found = std::find_if(all.begin(), all.end(), [&](const Asset& a) { return a.name == name; });
  PLAYGROUND_CHECK(found != all.end());
  return *found;
}

std::string_view media_type_of(std::string_view name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".txt")) return "text/plain; charset=utf-8";
  if (name.ends_with(".json")) return "application/json";
  return "application/octet-stream";
}

}  // namespace playground::app
