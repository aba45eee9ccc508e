#include "app/assets.h"
#include "base/check.h"

namespace playground::app {

std::string_view asset(std::string_view name) {
  for (const Asset& candidate : assets()) {
    if (candidate.name == name) return candidate.content;
  }
  PLAYGROUND_CHECK(false);
  return {};
}

std::string_view media_type_of(std::string_view name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

}  // namespace playground::app
