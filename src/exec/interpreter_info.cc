#include "exec/interpreter_info.h"

#include <algorithm>

#include "base/text.h"

namespace playground::exec {

InterpreterInfo read_info(const protocol::Hello& hello) {
  InterpreterInfo info;
  info.version = hello.python_version;
  info.implementation = hello.implementation;
  info.tier = hello.tier;
  info.modules = read_modules(hello.modules);
  return info;
}

std::vector<PreloadedModule> read_modules(std::string_view lines) {
  std::vector<PreloadedModule> modules;
  for (std::string_view line : split_list(lines, '\n')) {
    std::size_t tab = std::min(line.find('\t'), line.size());
    std::string_view version = line.substr(std::min(tab + 1, line.size()));
    modules.push_back({std::string(line.substr(0, tab)), std::string(version)});
  }
  return modules;
}

}  // namespace playground::exec
