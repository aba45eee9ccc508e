#include "app/python_values.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "base/json_string.h"
#include "base/text.h"

namespace playground::app::values {
namespace {

constexpr std::size_t kMostName = 32;

// A file without a name has a slash in front of whatever "=" is in it.
bool has_names(std::string_view value) {
  std::size_t equals = value.find('=');
  return equals != std::string_view::npos && value.find('/') > equals;
}

Result<Python> parse_python(std::string_view part) {
  if (!has_names(part)) return unexpected("a name is missing in front of a file");
  std::size_t equals = part.find('=');
  std::string_view name = trim(part.substr(0, equals));
  std::string_view file = trim(part.substr(equals + 1));
  std::string quoted;
  append_json_string(quoted, name);
  if (!made_of(name, "._-", true) || name.size() > kMostName) {
    return unexpected(quoted + ": a name has to be of 1 to " + std::to_string(kMostName) +
                      " letters, digits, '.', '_' and '-'");
  }
  if (file.empty()) return unexpected(quoted + ": the file is missing");
  return Python{std::string(name), std::string(file)};
}

Result<void> verify_file(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return unexpected(errno_text(errno), errno);
  if (!S_ISREG(status.st_mode)) return unexpected("not a file");
  if (::access(file.c_str(), X_OK) != 0) return unexpected("not executable");
  return {};
}

}  // namespace

Result<void> Pythons::assign(Config& config, std::string_view value, const Range&) {
  if (value.empty()) return unexpected("is empty");
  if (!has_names(value)) {
    config.pythons = {{"", std::string(value)}};
    return {};
  }
  std::vector<Python> pythons;
  for (std::string_view part : split_list(value, ',')) {
    auto python = parse_python(part);
    if (!python) return Unexpected<Error>{python.error()};
    bool taken = std::any_of(pythons.begin(), pythons.end(),
                             [&](const Python& other) { return other.name == python->name; });
    if (taken) return unexpected(python->name + ": the name is there twice");
    pythons.push_back(std::move(*python));
  }
  config.pythons = std::move(pythons);
  return {};
}

std::string Pythons::show(const Config& config) {
  std::string text;
  for (const Python& python : config.pythons) {
    if (!text.empty()) text += ',';
    text += (python.name.empty() ? "" : python.name + "=") + python.file;
  }
  return text;
}

Result<void> verify_pythons(const Config& config) {
  for (const Python& python : config.pythons) {
    auto verified = verify_file(python.file);
    if (verified) continue;
    std::string which = python.name.empty() ? "" : python.name + ": ";
    return unexpected(which + verified.error().message, verified.error().code);
  }
  return {};
}

std::string name_of_version(std::string_view version) {
  std::size_t minor = version.find('.') + 1;
  return std::string(version.substr(0, version.find('.', minor)));
}

}  // namespace playground::app::values
