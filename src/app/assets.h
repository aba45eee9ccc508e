// The files of static/, which the build puts into the binary (cmake/EmbedFiles.cmake).
#pragma once

#include <span>
#include <string_view>

namespace playground::app {

struct Asset {
  std::string_view name;  // "index.html"
  std::string_view content;
};

std::span<const Asset> assets();

// The content of one that is known to be there; aborts otherwise.
std::string_view asset(std::string_view name);

// By the name's ending: "text/css; charset=utf-8".
std::string_view media_type_of(std::string_view name);

}  // namespace playground::app
