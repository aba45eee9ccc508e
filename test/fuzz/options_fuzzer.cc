// Command lines and environments. Whatever they say, the outcome is a configuration or one line;
// and a configuration whose values are shown, and read again from an environment, is the same.
#include <algorithm>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/options.h"
#include "base/check.h"
#include "fuzzer.h"
#include "input.h"

namespace playground::fuzz {
namespace {

// Lines: "$NAME=VALUE" is a variable, anything else a word of the command line.
struct Given {
  std::vector<std::string> words{"playground"};
  app::Environment environment;
};

Given split(Input input) {
  Given given;
  while (!input.rest().empty()) {
    std::string line(input.line());
    line.resize(std::min(line.find('\0'), line.size()));  // as the kernel hands them over
    std::size_t equals = line.find('=');
    if (line.starts_with('$') && equals != std::string::npos) {
      given.environment[line.substr(1, equals - 1)] = line.substr(equals + 1);
    } else {
      given.words.push_back(std::move(line));
    }
  }
  return given;
}

// Values may name files, and reading some of these would wait for ever.
bool names_device(std::string_view text) {
  auto names = [&](std::string_view folder) { return text.find(folder) != std::string_view::npos; };
  return names("/dev/") || names("/proc/") || names("/sys/");
}

Result<app::Command, app::Exit> parse(const std::vector<std::string>& words,
                                      const app::Environment& environment,
                                      const app::Machine& machine) {
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  return app::parse_command_line(static_cast<int>(argv.size()), argv.data(), environment, machine);
}

void check_exit(const app::Exit& exit) {
  PLAYGROUND_CHECK(exit.code == 0 || exit.code == 2);
  PLAYGROUND_CHECK(exit.text.ends_with('\n'));
  if (exit.code == 0) return;
  // One line, which logs and terminals can show as it is.
  auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  PLAYGROUND_CHECK(std::none_of(exit.text.begin(), exit.text.end() - 1, control));
}

const char* name_of(app::Command::Role role) {
  switch (role) {
    case app::Command::Role::backend:
      return "backend";
    case app::Command::Role::ui:
      return "ui";
    case app::Command::Role::all:
      return "all";
    case app::Command::Role::check:
      return "check";
  }
  return "";
}

std::vector<std::string> words_for(const app::Command& command) {
  std::vector<std::string> words{"playground", name_of(command.role)};
  if (command.role != app::Command::Role::check) return words;
  bool backend = (command.roles & app::kBackend) != 0;
  bool ui = (command.roles & app::kUi) != 0;
  words.emplace_back(backend && ui ? "all" : backend ? "backend" : "ui");
  return words;
}

// What the configuration shows is what an operator would write; but tokens are not shown.
void check_again(const app::Command& command, const app::Machine& machine) {
  app::Environment environment;
  for (const app::Option& option : app::options()) {
    if (!option.secret) environment[app::variable_of(option)] = option.show(command.config);
  }
  auto again = parse(words_for(command), environment, machine);
  PLAYGROUND_CHECK(again && again->warnings.empty());
  for (const app::Option& option : app::options()) {
    if (option.secret) continue;
    PLAYGROUND_CHECK(option.show(again->config) == option.show(command.config));
  }
}

void run(Input input) {
  if (names_device(input.rest())) return;
  app::Machine machine{.cores = input.byte() * 8U + 1U, .open_files = input.byte() * 4096U};
  Given given = split(input);
  auto command = parse(given.words, given.environment, machine);
  command ? check_again(*command, machine) : check_exit(command.error());
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
