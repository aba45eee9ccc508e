// PythonValues: how the interpreters are written: one file, or a list of them with names.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "app/options.h"
#include "base/result.h"

namespace playground::app::values {

// FILE, or NAME=FILE,... with different names of 1 to 32 characters of A-Z, a-z, 0-9, '.', '_' and
// '-'.
struct Pythons {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

// That each is an executable file.
Result<void> verify_pythons(const Config& config);

// What an interpreter of `version` ("3.11.2") is called that was given no name: "3.11".
std::string name_of_version(std::string_view version);

}  // namespace playground::app::values
