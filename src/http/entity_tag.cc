#include "http/entity_tag.h"

#include <algorithm>

#include "base/text.h"

namespace playground::http {
namespace {

bool names(std::string_view list, std::string_view tag) {
  if (trim(list) == "*") return true;
  while (true) {
    list.remove_prefix(std::min(list.find_first_not_of(" \t,"), list.size()));
    if (list.starts_with("W/")) list.remove_prefix(2);
    if (!list.starts_with('"')) return false;
    std::size_t end = list.find('"', 1);
    if (end == std::string_view::npos) return false;
    if (list.substr(0, end + 1) == tag) return true;
    list.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_known_to_client(const Headers& request, std::string_view tag) {
  for (const Header& field : request) {
    if (equals_ignoring_case(field.name, "if-none-match") && names(field.value, tag)) return true;
  }
  return false;
}

}  // namespace playground::http
