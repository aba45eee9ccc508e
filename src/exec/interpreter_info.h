// InterpreterInfo: what a caller is told of an interpreter that programs can be run by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pool/protocol.h"

namespace playground::exec {

struct PreloadedModule {
  std::string name;
  std::string version;  // its own word (__version__); empty where it has none
};

struct InterpreterInfo {
  std::string name;
  // Of its present zygote; empty while there was none yet.
  std::string version;         // "3.11.2"
  std::string implementation;  // sys.implementation.name
  protocol::Tier tier = protocol::Tier::none;
  std::vector<PreloadedModule> modules;
};

// What a zygote says of itself; the name is not in it.
InterpreterInfo read_info(const protocol::Hello& hello);

// From Hello.modules: a line for each, with its parts separated by tabs.
std::vector<PreloadedModule> read_modules(std::string_view lines);

}  // namespace playground::exec
