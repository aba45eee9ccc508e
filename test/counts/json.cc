// How many instructions the JSON of an evaluation costs.
#include <string>
#include <string_view>

#include "app/evaluation_json.h"
#include "app/outcome_json.h"
#include "base/check.h"
#include "base/json_string.h"
#include "test/counts/inputs.h"
#include "test/counts/operations.h"

namespace playground::counts {
namespace {

constexpr std::size_t kOutput = 256 * 1024;

std::string repeated(std::string_view part, std::size_t size) {
  std::string text;
  while (text.size() + part.size() <= size) text += part;
  return text.append(size - text.size(), '.');
}

// As write_outcome() does it: in a string with room for what nothing has to be added to.
void escape_often(std::string_view text, std::size_t size, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) {
    std::string out;
    out.reserve(text.size() + 512);
    append_json_string(out, text);
    PLAYGROUND_CHECK(out.size() == size + 2);
  }
}

exec::Outcome hello() {
  exec::Outcome outcome;
  outcome.out = "hello\n";
  outcome.exit_code = 0;
  outcome.denied.emplace();
  outcome.duration_ms = 1.234;
  outcome.cpu_ms = 0.987;
  outcome.memory_kb = 512;
  return outcome;
}

}  // namespace

void read_program(std::size_t times) {
  app::Allowance allowance;
  allowance.timeout = milliseconds{10'000};
  allowance.memory_bytes = std::size_t{256} << 20;
  for (std::size_t i = 0; i < times; ++i) {
    auto program = app::parse_evaluation(kProgram, allowance);
    PLAYGROUND_CHECK(program && program->timeout == milliseconds{2000});
  }
}

void write_outcome(std::size_t times) {
  exec::Outcome outcome = hello();
  for (std::size_t i = 0; i < times; ++i) {
    PLAYGROUND_CHECK(app::write_outcome(outcome) == kOutcome);
  }
}

// Without the line breaks that other output has: what is copied as it is.
void escape_ascii(std::size_t times) {
  escape_often(repeated("for number in range(10): print(number, number ** 2)   ", kOutput), kOutput,
               times);
}

void escape_utf8(std::size_t times) {
  std::string text = repeated(
      "na\xC3\xAFve \xE2\x82\xAC"
      "5 \xF0\x9F\x90\x8D ",
      kOutput);
  escape_often(text, text.size(), times);
}

void escape_escapes(std::size_t times) {
  // Of eight bytes four are escaped: three by one byte more, one by five.
  std::string text = repeated("a\"b\\c\nd\x01", kOutput);
  escape_often(text, text.size() * 2, times);
}

}  // namespace playground::counts
