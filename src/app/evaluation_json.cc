#include "app/evaluation_json.h"

#include <algorithm>
#include <utility>

#include "app/evaluation_files.h"
#include "app/json_fields.h"
#include "app/json_locate.h"

namespace playground::app {
namespace {

namespace dom = simdjson::dom;

// More than any command line would take (ARG_MAX is 2 MiB).
constexpr std::size_t kMaxArgs = 4096;

constexpr std::size_t kMiB = 1024 * 1024;

using Failed = Unexpected<ApiError>;
using Done = Result<void, ApiError>;

Done read_code(dom::element value, const Allowance& allowance, exec::Program& program) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return wrong_type("code", "a string");
  if (auto checked = no_nul(text, "code"); !checked) return checked;
  if (text.size() > allowance.code_bytes) {
    return Failed{
        {413, "source_too_large",
         "\"code\" must have at most " + std::to_string(allowance.code_bytes) + " bytes of UTF-8",
         "code"}};
  }
  program.code = text;
  return {};
}

Done read_input(dom::element value, exec::Program& program) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return wrong_type("stdin", "a string");
  program.input = text;
  return {};
}

Done read_args(dom::element value, exec::Program& program) {
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return wrong_type("args", "an array of strings");
  for (dom::element item : list) {
    std::string_view text;
    if (item.get(text) != simdjson::SUCCESS) return wrong_type("args", "an array of strings");
    if (auto checked = no_nul(text, "args"); !checked) return checked;
    if (program.args.size() == kMaxArgs) {
      return refuse("out_of_range",
                    "\"args\" must have at most " + std::to_string(kMaxArgs) + " items", "args");
    }
    program.args.emplace_back(text);
  }
  return {};
}

Done read_timeout(dom::element value, const Allowance& allowance, exec::Program& program) {
  auto ms = read_integer(value, "timeout_ms", allowance.timeout.count());
  if (!ms) return Failed{ms.error()};
  program.timeout = milliseconds{*ms};
  return {};
}

Done read_memory(dom::element value, const Allowance& allowance, exec::Program& program) {
  auto mb =
      read_integer(value, "memory_mb", static_cast<std::int64_t>(allowance.memory_bytes / kMiB));
  if (!mb) return Failed{mb.error()};
  program.memory_bytes = static_cast<std::size_t>(*mb) * kMiB;
  return {};
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

Done read_interpreter(dom::element value, const Allowance& allowance, exec::Program& program) {
  std::string_view name;
  if (value.get(name) != simdjson::SUCCESS) return wrong_type("python", "a string");
  const auto& known = allowance.interpreters;
  auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) {
    return refuse("unknown_interpreter", "\"python\" must be one of " + listed(known), "python");
  }
  program.interpreter = static_cast<std::size_t>(found - known.begin());
  return {};
}

Done read_field(std::string_view name, dom::element value, const Allowance& allowance,
                exec::Program& program) {
  if (name == "code") return read_code(value, allowance, program);
  if (name == "stdin") return read_input(value, program);
  if (name == "args") return read_args(value, program);
  if (name == "timeout_ms") return read_timeout(value, allowance, program);
  if (name == "memory_mb") return read_memory(value, allowance, program);
  if (name == "python") return read_interpreter(value, allowance, program);
  if (name == "files") return read_files(value, allowance.files_bytes, program.files);
  if (name == "files_out") return read_files_out(value, program.files_out);
  if (name == "plots") return read_boolean(value, "plots", program.plots);
  return refuse("unknown_field",
                "\"" + std::string(name) +
                    "\" is unknown; known are code, stdin, args, timeout_ms, memory_mb, files, "
                    "files_out, plots, python",
                name);
}

// There are never more than the known ones to compare with: the first that is unknown, or given
// twice, ends the reading.
bool is_among_first(dom::object fields, std::size_t count, std::string_view name) {
  for (dom::key_value_pair field : fields) {
    if (count-- == 0) return false;
    if (field.key == name) return true;
  }
  return false;
}

Failed invalid_json(std::string_view body, simdjson::error_code error) {
  if (body.empty()) return refuse("invalid_json", "the body is empty; it must be JSON", "");
  bool bad_string = error == simdjson::STRING_ERROR || error == simdjson::UTF8_ERROR ||
                    error == simdjson::UNESCAPED_CHARS;
  auto field = bad_string ? field_with_bad_string(body) : std::nullopt;
  if (!field)
    return refuse("invalid_json", std::string("the body is not JSON: ") + error_message(error), "");
  return refuse("invalid_json",
                "\"" + *field +
                    "\" has a string that is not valid Unicode text: a lone surrogate, a bad "
                    "escape, a control character or bytes that are not UTF-8",
                *field);
}

// A parser has buffers several times as large as its largest document.
constexpr std::size_t kUsualDocument = 1024 * 1024;

// One parser a thread: its buffers stay for the next document, unless the last one was unusual.
dom::parser& shared_parser(std::size_t document_size) {
  thread_local dom::parser parser;
  if (parser.capacity() > kUsualDocument && document_size <= kUsualDocument) {
    parser = dom::parser();
  }
  return parser;
}

}  // namespace

Result<dom::element, ApiError> parse_json(std::string_view body) {
  dom::element document;
  if (auto error = shared_parser(body.size()).parse(body.data(), body.size()).get(document)) {
    return invalid_json(body, error);
  }
  return document;
}

Result<exec::Program, ApiError> parse_evaluation(std::string_view body,
                                                 const Allowance& allowance) {
  auto document = parse_json(body);
  if (!document) return Failed{document.error()};
  dom::object fields;
  if (document->get(fields) != simdjson::SUCCESS) {
    return refuse("invalid_json", "the body must be a JSON object", "");
  }
  return read_evaluation(fields, allowance);
}

Result<exec::Program, ApiError> read_evaluation(dom::object fields, const Allowance& allowance) {
  exec::Program program;
  program.timeout = allowance.timeout;
  std::size_t before = 0;
  for (dom::key_value_pair field : fields) {
    if (is_among_first(fields, before++, field.key)) {
      return refuse("duplicate_field", "\"" + std::string(field.key) + "\" is given twice",
                    field.key);
    }
    auto read = read_field(field.key, field.value, allowance, program);
    if (!read) return Failed{read.error()};
  }
  if (fields.at_key("code").error() != simdjson::SUCCESS)
    return refuse("missing_field", "\"code\" is required: a string", "code");
  return program;
}

}  // namespace playground::app
