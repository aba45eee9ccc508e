#include "app/versions_json.h"

#include <string_view>

#include "base/json_writer.h"

namespace playground::app {
namespace {

void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void write_interpreter(JsonWriter& json, const exec::InterpreterInfo& interpreter) {
  bool started = !interpreter.version.empty();
  json.begin_object().key("name").string(interpreter.name);
  write_text_or_null(json, "version", interpreter.version);
  write_text_or_null(json, "implementation", interpreter.implementation);
  write_text_or_null(json, "tier", started ? protocol::name_of(interpreter.tier) : "");
  json.key("modules").begin_array();
  for (const exec::PreloadedModule& module : interpreter.modules) {
    json.begin_object().key("name").string(module.name);
    write_text_or_null(json, "version", module.version);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string write_versions(const std::vector<exec::InterpreterInfo>& interpreters) {
  JsonWriter json;
  json.begin_object().key("default").string(interpreters.front().name);
  json.key("versions").begin_array();
  for (const exec::InterpreterInfo& interpreter : interpreters)
    write_interpreter(json, interpreter);
  json.end_array().end_object();
  return json.take();
}

}  // namespace playground::app
