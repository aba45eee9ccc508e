#include "app/help.h"

#include <string_view>
#include <utility>

#include "app/options.h"
#include "base/text.h"

namespace playground::app {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kIndent = 6;

constexpr std::pair<std::string_view, std::string_view> kCommands[] = {
    {"backend", "serve POST /py/eval and /py/batch"},
    {"ui", "serve the page and POST /python, sending programs to backends in turn"},
    {"all", "both in one process"},
    {"check",
     "print the configuration, try an interpreter, exit 0 or 2; `check ui`: of that role only"},
};

// Characters as a terminal counts them: bytes that do not continue a UTF-8 sequence.
std::size_t width(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

void append_wrapped(std::string& out, std::string_view text) {
  std::size_t column = 0;
  for (std::string_view word : split_list(text, ' ')) {
    if (column != 0 && column + 1 + width(word) > kColumns) {
      out += '\n';
      column = 0;
    }
    out += column == 0 ? std::string(kIndent, ' ') : " ";
    column += (column == 0 ? kIndent : 1) + width(word);
    out += word;
  }
  out += '\n';
}

std::string default_text(const Option& option) {
  return option.standard.empty() ? "none" : std::string(option.standard);
}

std::string facts(const Option& option) {
  return "Default: " + default_text(option) + ". Allowed: " + allowed_by(option) + ".";
}

std::string table_row(const Option& option) {
  std::string standard = default_text(option);
  bool literal = !option.compute && !option.standard.empty();
  std::string row = "| `" + variable_of(option) + "`<br>`" + flag_of(option) + "` | ";
  row += literal ? "`" + standard + "`" : standard;
  row += " | " + allowed_by(option) + " | " + used_by(option) + " | ";
  row += option.help;
  return row + " |\n";
}

// clang-format off
constexpr std::string_view kIntroduction = R"(# Configuration

<!-- Made by `playground --help-markdown` from the tables in src/app/option_rows_*.cc. Change those, then
     run `build/release/playground --help-markdown > docs/configuration.md`. -->

Every option is an environment variable and a flag. The environment is read first, flags override
it:

    PLAYGROUND_POOL_SIZE=16 playground backend --timeout-ms 5000

- A variable that is set to nothing counts as not set. A flag with an empty value is taken at its
  word: `--preload ""` undoes `PLAYGROUND_PRELOAD`.
- An invalid value, an unknown flag or an unknown command is refused at start with one line on
  stderr and exit code 2. The line names the variable, the flag if it came from one, the value, and
  what is allowed.
- The interpreter and the scratch directory are looked at only where a backend uses them.
- A variable that begins with `PLAYGROUND_` and is none of these is ignored with a warning that
  names the closest one. Those that Kubernetes makes for services (`PLAYGROUND_UI_SERVICE_HOST`)
  are ignored in silence.
- `playground check` prints each option with its value and where it came from, then the budget
  below, and tries whether the interpreter runs a program. It exits with 0, or with 2 when something
  does not fit.
- "MB" and "KB" are 1024 × 1024 and 1024 bytes.
)";

constexpr std::string_view kBudget = R"(
## Budget

At start, and in `playground check`, what the options promise is compared with what the process is
given. What does not fit is refused with one line and exit code 2.

| resource | sum | limit |
|---|---|---|
| memory | 64 MB + `MAX_RUNNING` × (`MEMORY_MB` + `SCRATCH_MB`) | the cgroup's memory limit |
| processes | 16 + `MAX_RUNNING` + `POOL_SIZE` + `POOL_MAX` + `LOOPS` - 1 | the cgroup's `pids.max`; `RLIMIT_NPROC` |
| scratch | `MAX_RUNNING` × `SCRATCH_MB` | the size of the volume of `SCRATCH_DIR` |
| open files | 64 + 8 × (`MAX_RUNNING` + `POOL_SIZE` + `POOL_MAX`) + `MAX_CONNECTIONS` × 1 (ui: 2, all: 3) | the hard `RLIMIT_NOFILE` |

- cgroups are those of version 1, of version 2, or both; the lowest limit counts, those of all
  ancestors included. `RLIMIT_NPROC` is not applied to root.
- Each of the `LOOPS` beyond the first takes 16 open files more, and in a ui one for each of the
  `BACKENDS`.
- `POOL_SIZE` besides `POOL_MAX`, because there are two pools while the interpreter is replaced
  (SIGHUP); and both times the number of interpreters, where `PLAYGROUND_PYTHON` names several. Each
  beyond the first takes 48 MB, 6 processes and 16 open files more. `MAX_RUNNING` holds for all of
  them together.
- A ui without a backend in its process needs only the open files, and of these not the pool's. One
  of its clients takes two: the client's connection and one to a backend.
- A warning, not a refusal: more memory than the machine has where no cgroup limits it, and more
  scratch than is free at the moment (what a killed server left there is deleted at the next start).
- The memory limit counts the scratch directory too when it is in memory, as `/dev/shm` is.
  Containers often get a `/dev/shm` of 64 MB: give them more (`--shm-size`, or an `emptyDir` with
  `medium: Memory`), or name another directory.
)";
// clang-format on

}  // namespace

std::string help_text() {
  std::string out = "Usage: playground COMMAND [FLAGS]\n\nCommands:\n";
  for (const auto& [name, does] : kCommands) {
    out += "  " + std::string(name) + std::string(10 - name.size(), ' ') + std::string(does) + "\n";
  }
  out += "\nGeneral:\n  --help    print this\n  --version print the version\n";
  std::string_view section;
  for (const Option& option : options()) {
    if (option.section != section) out += "\n" + std::string(option.section) + ":\n";
    section = option.section;
    out += "  " + flag_of(option) + " " + std::string(option.value) + "  (" + variable_of(option) +
           ")";
    out += option.used_by == kAllRoles ? "\n" : "  " + used_by(option) + " only\n";
    append_wrapped(out, option.help);
    append_wrapped(out, facts(option));
  }
  return out + "\nFlags override the environment. docs/configuration.md says more.\n";
}

std::string help_markdown() {
  std::string out(kIntroduction);
  std::string_view section;
  for (const Option& option : options()) {
    if (option.section != section) {
      out += "\n## " + std::string(option.section) + "\n\n";
      out += "| variable, flag | default | allowed | role | |\n|---|---|---|---|---|\n";
    }
    section = option.section;
    out += table_row(option);
  }
  return out + std::string(kBudget);
}

}  // namespace playground::app
