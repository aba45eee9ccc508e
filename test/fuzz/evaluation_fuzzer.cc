// The body of POST /py/eval, and what goes back. A program that is taken says, written out again,
// the same; a refusal is a reply in JSON, and never blames a field of a body that is good JSON;
// whatever a program has printed, its outcome is JSON that holds it.
#include <simdjson.h>

#include <set>
#include <string>

#include "app/api_error.h"
#include "app/evaluation_json.h"
#include "app/json_locate.h"
#include "app/outcome_json.h"
#include "base/base64.h"
#include "base/check.h"
#include "base/json_writer.h"
#include "fuzzer.h"
#include "input.h"

namespace playground::fuzz {
namespace {

constexpr std::size_t kMiB = 1024 * 1024;

bool is_json(std::string_view text) {
  simdjson::dom::parser parser;
  return parser.parse(text.data(), text.size()).error() == simdjson::SUCCESS;
}

void write_files(JsonWriter& json, const exec::Program& program) {
  json.key("files").begin_array();
  for (const exec::InputFile& file : program.files) {
    json.begin_object().key("path").string(file.path).key("encoding").string("base64");
    json.key("content").string(encode_base64(file.content)).end_object();
  }
  json.end_array().key("plots").boolean(program.plots).key("files_out");
  if (!program.files_out.by_patterns) {
    json.boolean(program.files_out.all);
    return;
  }
  json.begin_array();
  for (const exec::Glob& pattern : program.files_out.patterns) json.string(pattern.text());
  json.end_array();
}

std::string text_of(const exec::Program& program) {
  JsonWriter json;
  json.begin_object().key("code").string(program.code).key("stdin").string(program.input);
  json.key("args").begin_array();
  for (const std::string& arg : program.args) json.string(arg);
  json.end_array().key("timeout_ms").integer(program.timeout.count());
  if (program.memory_bytes != 0) {
    json.key("memory_mb").integer(static_cast<std::int64_t>(program.memory_bytes / kMiB));
  }
  write_files(json, program);
  return json.end_object().take();
}

// A path leads nowhere but down.
void check_path(std::string_view path) {
  PLAYGROUND_CHECK(!path.empty() && path.size() <= exec::kMostPathBytes);
  PLAYGROUND_CHECK(path != "main.py" && path.find('\0') == path.npos);
  std::string closed = "/" + std::string(path) + "/";
  for (std::string_view wrong : {"//", "/./", "/../"}) {
    PLAYGROUND_CHECK(closed.find(wrong) == std::string::npos);
  }
}

void check_files(const exec::Program& program, const app::Allowance& allowance) {
  std::size_t bytes = 0;
  std::set<std::string> paths;
  for (const exec::InputFile& file : program.files) {
    check_path(file.path);
    PLAYGROUND_CHECK(paths.insert(file.path).second);
    bytes += file.content.size();
  }
  PLAYGROUND_CHECK(bytes <= allowance.files_bytes && paths.size() <= exec::kMostFiles);
  for (const std::string& path : paths) {
    for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/', at + 1)) {
      PLAYGROUND_CHECK(!paths.contains(path.substr(0, at)));
    }
  }
}

void check_program(const exec::Program& program, const app::Allowance& allowance) {
  PLAYGROUND_CHECK(program.code.size() <= allowance.code_bytes);
  PLAYGROUND_CHECK(program.code.find('\0') == std::string::npos);
  PLAYGROUND_CHECK(program.timeout.count() > 0 && program.timeout <= allowance.timeout);
  PLAYGROUND_CHECK(program.memory_bytes <= allowance.memory_bytes);
  PLAYGROUND_CHECK(program.interpreter < allowance.interpreters.size());
  check_files(program, allowance);
  std::string text = text_of(program);
  auto again = app::parse_evaluation(text, allowance);
  PLAYGROUND_CHECK(again && text_of(*again) == text);
}

void check_refusal(const app::ApiError& error) {
  PLAYGROUND_CHECK(error.status == 400 || error.status == 413);
  PLAYGROUND_CHECK(!error.code.empty() && !error.message.empty());
  PLAYGROUND_CHECK(is_json(app::to_response(error).body));
}

void check_outcome(std::string_view printed) {
  exec::Outcome outcome;
  outcome.out = printed;
  outcome.files = exec::OutputFiles{{{std::string(printed), encode_base64(printed)}}, false};
  std::string text = app::write_outcome(outcome);
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  PLAYGROUND_CHECK(parser.parse(text).get(document) == simdjson::SUCCESS);
  std::string_view shown;
  PLAYGROUND_CHECK(document["stdout"].get(shown) == simdjson::SUCCESS);
  if (simdjson::validate_utf8(printed.data(), printed.size())) PLAYGROUND_CHECK(shown == printed);
  PLAYGROUND_CHECK(document["files"].at(0)["content"].get(shown) == simdjson::SUCCESS);
  PLAYGROUND_CHECK(decode_base64(shown) == printed);
}

void run(Input input) {
  app::Allowance allowance{milliseconds{10'000}, 256 * kMiB};
  allowance.interpreters = {"3.11", "venv"};
  if (std::size_t most = input.byte(); most != 0) {
    allowance.code_bytes = allowance.files_bytes = most;
  }
  Piece body(input.rest().begin(), input.rest().end());

  auto program = app::parse_evaluation(view(body), allowance);
  program ? check_program(*program, allowance) : check_refusal(program.error());
  auto blamed = app::field_with_bad_string(view(body));
  PLAYGROUND_CHECK(!blamed || !is_json(view(body)));
  check_outcome(view(body));
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
