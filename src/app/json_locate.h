// Finds which field of a refused JSON object is to blame. The JSON library says only that some
// string is bad; a caller who sent fifty fields wants to know which.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace playground::app {

// The name of the first top-level field that is, or contains, a string with a lone surrogate, an
// unknown escape, a control character, or bytes that are not UTF-8. nullopt when there is none, or
// when no name can be told.
std::optional<std::string> field_with_bad_string(std::string_view json);

}  // namespace playground::app
