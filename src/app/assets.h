// What the build puts into the binary: the page, as cmake/bundle.js makes it of static/, and the
// documents of openapi/ (cmake/embed.py).
#pragma once

#include <span>
#include <string_view>

namespace playground::app {

struct Asset {
  std::string_view name;  // "static/app-5XRWJ2YQ.js", "openapi/ui.json"
  std::string_view content;
  std::string_view gzip;    // the same compressed; empty where that saves nothing
  std::string_view brotli;  // likewise; the page's files only
  std::string_view hash;    // of the content, in hexadecimal digits
  bool hashed = false;      // other content would have another name
};

std::span<const Asset> assets();

// One that is known to be there; aborts otherwise.
const Asset& asset(std::string_view name);

// By the name's ending: "text/css; charset=utf-8".
std::string_view media_type_of(std::string_view name);

}  // namespace playground::app
