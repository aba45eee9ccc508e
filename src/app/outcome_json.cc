#include "app/outcome_json.h"

#include "app/outcome_files.h"
#include "exec/verdict.h"

namespace playground::app {
namespace {

void write_denied(JsonWriter& json, const std::optional<std::vector<std::string>>& denied) {
  if (!denied) {
    json.null();
    return;
  }
  json.begin_array();
  for (const std::string& name : *denied) json.string(name);
  json.end_array();
}

}  // namespace

std::string write_outcome(const exec::Outcome& outcome) {
  JsonWriter json;
  json.reserve(outcome.out.size() + outcome.err.size() + size_of_files(outcome) + 512);
  json.begin_object();
  write_outcome(json, outcome);
  json.end_object();
  return json.take();
}

void write_outcome(JsonWriter& json, const exec::Outcome& outcome) {
  json.key("stdout").string(outcome.out);
  json.key("stderr").string(outcome.err);
  write_fields(json, outcome);
}

void write_fields(JsonWriter& json, const exec::Outcome& outcome) {
  json.key("status").string(exec::to_string(outcome.status));
  json.key("limit");
  outcome.limit == exec::Limit::none ? json.null() : json.string(exec::to_string(outcome.limit));
  json.key("exit_code");
  outcome.exit_code ? json.integer(*outcome.exit_code) : json.null();
  json.key("signal");
  outcome.signal == 0 ? json.null() : json.string(exec::signal_name(outcome.signal));
  json.key("denied");
  write_denied(json, outcome.denied);
  json.key("truncated").begin_object();
  json.key("stdout").boolean(outcome.out_truncated).key("stderr").boolean(outcome.err_truncated);
  write_left_out(json, outcome);
  json.end_object();
  json.key("duration_ms").number(outcome.duration_ms);
  json.key("cpu_ms").number(outcome.cpu_ms);
  json.key("memory_kb").integer(outcome.memory_kb);
  write_files(json, outcome);
}

}  // namespace playground::app
