// The JSON of POST /py/batch: many programs in one body, and a line for each of the replies. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/api_error.h"
#include "app/evaluation_json.h"
#include "base/result.h"
#include "exec/program.h"

namespace playground::app {

// One that can't be run has its error in its place.
using BatchItem = Result<exec::Program, ApiError>;

enum class BatchForm {
  array,  // a JSON array of what POST /py/eval takes
  lines,  // one of these on each line; blank lines count for nothing
};

// What is said of any other media type.
inline constexpr std::string_view kBatchTypes =
    "Content-Type must be application/json or application/x-ndjson";

// By a media type in lower case; nullopt for one that is neither.
std::optional<BatchForm> batch_form(std::string_view media_type);

// Errors: the body as a whole is no batch, is empty, or has more than `most` items.
Result<std::vector<BatchItem>, ApiError> parse_batch(std::string_view body, BatchForm form,
                                                     const Allowance& allowance, std::size_t most);

// How many items there are; 1 for a body that is no batch.
std::size_t count_batch(std::string_view body, BatchForm form);

// Each with "index", the item's place in the batch from 0, and a line's end.
std::string outcome_line(std::size_t index, const exec::Outcome& outcome);
std::string error_line(std::size_t index, const ApiError& error);
std::string refusal_line(std::size_t index, exec::Refusal refusal);

}  // namespace playground::app
