#include "app/batch_json.h"

#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "app/json_fields.h"
#include "app/outcome_json.h"
#include "app/output_lines.h"
#include "app/refusal_reply.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace playground::app {
namespace {

namespace dom = simdjson::dom;

using Items = std::vector<BatchItem>;

void each_line(std::string_view body, const std::function<void(std::string_view)>& visit) {
  while (!body.empty()) {
    std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    line = trim(line.substr(0, line.find_last_not_of('\r') + 1));
    if (!line.empty()) visit(line);
  }
}

Result<dom::array, ApiError> parse_array(std::string_view body) {
  auto document = parse_json(body);
  if (!document) return Unexpected<ApiError>{document.error()};
  dom::array array;
  if (document->get(array) == simdjson::SUCCESS) return array;
  return refuse("invalid_json", "the body must be a JSON array of programs", "");
}

BatchItem read_item(dom::element item, const Allowance& allowance) {
  dom::object fields;
  if (item.get(fields) == simdjson::SUCCESS) return read_evaluation(fields, allowance);
  return refuse("invalid_json", "an item must be a JSON object", "");
}

Result<Items, ApiError> read_items(std::string_view body, BatchForm form,
                                   const Allowance& allowance) {
  Items items;
  if (form == BatchForm::lines) {
    each_line(body,
              [&](std::string_view line) { items.push_back(parse_evaluation(line, allowance)); });
    return items;
  }
  auto array = parse_array(body);
  if (!array) return Unexpected<ApiError>{array.error()};
  for (dom::element item : *array) items.push_back(read_item(item, allowance));
  return items;
}

JsonWriter begin_line(std::size_t index) {
  JsonWriter json;
  json.begin_object().count("index", index);
  return json;
}

std::string end_line(JsonWriter& json) {
  return json.end_object().take() += '\n';
}

}  // namespace

std::optional<BatchForm> batch_form(std::string_view media_type) {
  if (media_type == "application/json") return BatchForm::array;
  if (media_type == kLinesType) return BatchForm::lines;
  return std::nullopt;
}

Result<Items, ApiError> parse_batch(std::string_view body, BatchForm form,
                                    const Allowance& allowance, std::size_t most) {
  auto items = read_items(body, form, allowance);
  if (!items || (!items->empty() && items->size() <= most)) return items;
  return refuse("out_of_range",
                "a batch must have from 1 to " + std::to_string(most) + " programs, not " +
                    std::to_string(items->size()),
                "");
}

std::size_t count_batch(std::string_view body, BatchForm form) {
  std::size_t count = 0;
  if (form == BatchForm::lines) {
    each_line(body, [&](std::string_view) { ++count; });
  } else if (auto array = parse_array(body)) {
    count = static_cast<std::size_t>(std::distance(array->begin(), array->end()));
  }
  return std::max<std::size_t>(count, 1);
}

std::string outcome_line(std::size_t index, const exec::Outcome& outcome) {
  JsonWriter json = begin_line(index);
  json.reserve(outcome.out.size() + outcome.err.size() + 512);
  write_outcome(json, outcome);
  return end_line(json);
}

std::string error_line(std::size_t index, const ApiError& error) {
  JsonWriter json = begin_line(index);
  write_error(json, error);
  return end_line(json);
}

std::string refusal_line(std::size_t index, exec::Refusal refusal) {
  JsonWriter json = begin_line(index);
  write_error(json, error_of(refusal));
  if (never_started(refusal)) json.key("started").boolean(false);
  return end_line(json);
}

}  // namespace playground::app
