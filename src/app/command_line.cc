#include "app/command_line.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

#include "app/help.h"
#include "app/options.h"
#include "app/version.h"
#include "base/json_string.h"

namespace playground::app {
namespace {

constexpr std::array<std::pair<const char*, Command::Role>, 4> kRoles{{
    {"backend", Command::Role::backend},
    {"ui", Command::Role::ui},
    {"all", Command::Role::all},
    {"check", Command::Role::check},
}};

// What argv says, before any value is looked at.
struct Words {
  std::optional<Command::Role> role;
  std::string checked;  // the word after `check`
  Flags flags;
  bool help = false;
  bool markdown = false;
  bool version = false;
  std::vector<std::string> unknown;
};

std::string in_quotes(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// With escapes for what words of the command line may bring in.
std::string in_one_line(std::string_view text) {
  std::string quoted = in_quotes(text);
  return quoted.substr(1, quoted.size() - 2);
}

Unexpected<Exit> refuse(const std::string& line) {
  return {Exit{2, "playground: " + line + "\n"}};
}

// In the reverse order, which is how CLI11 takes them. It would read the empty value of
// "--preload=" from the next word, so that becomes two words.
std::vector<std::string> arguments(int argc, const char* const* argv) {
  std::vector<std::string> words;
  for (int i = argc - 1; i > 0; --i) {
    std::string_view word = argv[i];
    bool empty_value = word.starts_with("--") && word.find('=') == word.size() - 1;
    if (empty_value) words.emplace_back();
    words.emplace_back(word.substr(0, word.size() - (empty_value ? 1 : 0)));
  }
  return words;
}

// CLI11 reads the words; help, values and messages are the table's. It reports by exceptions, which
// end here.
Result<Words> read_words(int argc, const char* const* argv) {
  CLI::App app;
  Words words;
  app.set_help_flag();
  app.allow_extras();
  app.require_subcommand(0, 1);
  app.add_flag("--help,-h", words.help);
  app.add_flag("--help-markdown", words.markdown);
  app.add_flag("--version", words.version);
  std::vector<std::string> values(options().size());
  std::vector<CLI::Option*> given;
  for (const Option& option : options()) {
    given.push_back(app.add_option(flag_of(option), values[given.size()])
                        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast));
  }
  std::array<CLI::App*, kRoles.size()> commands{};
  for (std::size_t i = 0; i < kRoles.size(); ++i) {
    commands[i] = app.add_subcommand(kRoles[i].first)->fallthrough();
    commands[i]->set_help_flag();
    if (kRoles[i].second == Command::Role::check) commands[i]->add_option("role", words.checked);
  }
  try {
    app.parse(arguments(argc, argv));
  } catch (const CLI::ArgumentMismatch& error) {
    std::string_view message = error.what();  // "--pool-size: 1 required TEXT missing"
    return unexpected(std::string(message.substr(0, message.find(':'))) + " needs a value");
  } catch (const CLI::ParseError& error) {
    return unexpected(in_one_line(error.what()));
  }
  for (std::size_t i = 0; i < kRoles.size(); ++i) {
    if (commands[i]->parsed()) words.role = kRoles[i].second;
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i]->count() > 0) words.flags[std::string(options()[i].name)] = values[i];
  }
  words.unknown = app.remaining(true);
  return words;
}

std::string unknown_word(const std::string& word) {
  if (!word.starts_with('-')) return "unknown command or argument " + in_quotes(word);
  if (!word.starts_with("--")) return "unknown flag " + in_quotes(word);
  std::string name;
  for (char c : word.substr(0, word.find('='))) {
    if (name.empty() && c == '-') continue;
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return "unknown flag " + in_quotes(word) + "; the closest one is " + flag_of(closest_to(name));
}

Environment environment_of_this_process() {
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view line = *entry;
    std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return environment;
}

// What is served; for `check`, what its word names.
unsigned roles_of(Command::Role role) {
  switch (role) {
    case Command::Role::backend:
      return kBackend;
    case Command::Role::ui:
      return kUi;
    case Command::Role::all:
    case Command::Role::check:
      break;
  }
  return kAllRoles;
}

Result<unsigned> roles_of(const Words& words) {
  if (words.checked.empty()) return roles_of(*words.role);
  for (const auto& [name, role] : kRoles) {
    if (name == words.checked && role != Command::Role::check) return roles_of(role);
  }
  return unexpected("check: unknown role " + in_quotes(words.checked) +
                    "; allowed: backend, ui or all");
}

}  // namespace

Result<Command, Exit> parse_command_line(int argc, const char* const* argv,
                                         const Environment& environment, const Machine& machine) {
  auto words = read_words(argc, argv);
  if (!words) return refuse(words.error().message + "; see playground --help");
  if (!words->unknown.empty()) {
    return refuse(unknown_word(words->unknown.front()) + "; see playground --help");
  }
  if (words->markdown) return Unexpected<Exit>{{0, help_markdown()}};
  if (words->help) return Unexpected<Exit>{{0, help_text()}};
  if (words->version) {
    return Unexpected<Exit>{{0, "playground " + std::string(kVersion) + "\n"}};
  }
  if (!words->role) {
    return refuse("a command is needed: backend, ui, all or check; see playground --help");
  }
  auto roles = roles_of(*words);
  if (!roles) return refuse(roles.error().message);
  auto loaded = load_config(environment, words->flags, *roles, machine);
  if (!loaded) return refuse(loaded.error().message);
  return Command{*words->role, std::move(loaded->config), std::move(loaded->sources),
                 std::move(loaded->warnings), *roles};
}

Result<Command, Exit> parse_command_line(int argc, const char* const* argv) {
  return parse_command_line(argc, argv, environment_of_this_process(), Machine::of_this_process());
}

}  // namespace playground::app
