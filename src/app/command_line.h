// CommandLine: from argv and the environment to a Command, or to a text and an exit code.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "base/result.h"

namespace playground::app {

struct Command {
  enum class Role { backend, ui, all, check };

  Role role = Role::all;
  Config config;
  std::vector<Source> sources;        // of each of options()
  std::vector<std::string> warnings;  // to be logged once the log is configured
  unsigned roles = kAllRoles;         // what is served, or checked
};

// "Print `text` and end": on stdout with 0 (--help, --version), on stderr with 2.
struct Exit {
  int code = 0;
  std::string text;  // ends with a newline
};

Result<Command, Exit> parse_command_line(int argc, const char* const* argv,
                                         const Environment& environment, const Machine& machine);

// The same with this process's environment and machine.
Result<Command, Exit> parse_command_line(int argc, const char* const* argv);

}  // namespace playground::app
