// The fields of a request that are about files: those that the program is to find in its folder,
// and which it brings back. Each refusal names the item, as "files[3].path".
#pragma once

#include <simdjson.h>

#include <vector>

#include "app/api_error.h"
#include "base/result.h"
#include "exec/files.h"

namespace playground::app {

// [{"path": …, "content": …, "encoding": "utf-8" or "base64"}, …]; utf-8 unless given. `most_bytes`
// is what the contents may have together, once decoded.
Result<void, ApiError> read_files(simdjson::dom::element value, std::size_t most_bytes,
                                  std::vector<exec::InputFile>& files);

// A boolean, or an array of patterns.
Result<void, ApiError> read_files_out(simdjson::dom::element value, exec::FilesOut& files_out);

}  // namespace playground::app
