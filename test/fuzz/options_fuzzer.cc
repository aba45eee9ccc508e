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
  std::vector<std::string> words;
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

bool same(const app::Backend& a, const app::Backend& b) {
  return a.name == b.name && a.endpoint == b.endpoint && a.certificate_name == b.certificate_name &&
         a.weight == b.weight;
}

// What the configuration shows is what an operator would write; but tokens are not shown.
void check_again(const app::Config& config, unsigned roles, const app::Machine& machine) {
  app::Environment environment;
  for (const app::Option& option : app::options()) {
    if (!option.secret) environment[app::variable_of(option)] = option.show(config);
  }
  auto again = app::load_config(environment, {}, roles, machine);
  PLAYGROUND_CHECK(again && again->warnings.empty());
  for (const app::Option& option : app::options()) {
    if (option.secret) continue;
    PLAYGROUND_CHECK(option.show(again->config) == option.show(config));
  }
  const auto& backends = again->config.backends;
  PLAYGROUND_CHECK(std::equal(config.backends.begin(), config.backends.end(), backends.begin(),
                              backends.end(), same));
}

// One line, whatever was in the values and the names.
void check_line(std::string_view text) {
  auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  PLAYGROUND_CHECK(!text.empty() && std::none_of(text.begin(), text.end(), control));
}

// Everything that a process is started with.
void check_command(const Given& given, const app::Machine& machine) {
  std::vector<const char*> argv{"playground"};
  for (const std::string& word : given.words) argv.push_back(word.c_str());
  auto command = app::parse_command_line(static_cast<int>(argv.size()), argv.data(),
                                         given.environment, machine);
  if (command) return check_again(command->config, command->roles, machine);
  const app::Exit& exit = command.error();
  PLAYGROUND_CHECK(exit.code == 0 || exit.code == 2);
  PLAYGROUND_CHECK(exit.text.ends_with('\n'));
  if (exit.code == 2) check_line(std::string_view(exit.text).substr(0, exit.text.size() - 1));
}

// The values alone, many times faster.
void check_values(const Given& given, unsigned roles, const app::Machine& machine) {
  auto loaded = app::load_config(given.environment, {}, roles, machine);
  if (!loaded) return check_line(loaded.error().message);
  for (const std::string& warning : loaded->warnings) check_line(warning);
  check_again(loaded->config, roles, machine);
}

void run(Input input) {
  if (names_device(input.rest())) return;
  app::Machine machine{.cores = input.byte() * 8U + 1U, .open_files = input.byte() * 4096U};
  unsigned roles = input.byte() & app::kAllRoles;
  Given given = split(input);
  roles == 0 ? check_command(given, machine) : check_values(given, roles, machine);
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
