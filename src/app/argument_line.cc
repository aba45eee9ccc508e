#include "app/argument_line.h"

#include <utility>

namespace playground::app {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Reads what stands in quotes; `at` goes from behind the first to behind the second. False: there
// is no second.
bool read_quoted(std::string_view line, std::size_t& at, char quote, std::string& word) {
  for (; at < line.size(); ++at) {
    char c = line[at];
    if (c == quote) {
      ++at;
      return true;
    }
    bool escapes = quote == '"' && c == '\\' && at + 1 < line.size() &&
                   (line[at + 1] == '"' || line[at + 1] == '\\');
    word += escapes ? line[++at] : c;
  }
  return false;
}

}  // namespace

Result<std::vector<std::string>, ApiError> split_arguments(std::string_view line) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (true) {
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at == line.size()) return words;
    std::string word;
    while (at < line.size() && !is_blank(line[at])) {
      char c = line[at++];
      if (c == '\'' || c == '"') {
        if (!read_quoted(line, at, c, word)) {
          return Unexpected<ApiError>{
              {400, "invalid_value",
               std::string("\"arguments\" has a ") + c + " that nothing closes", "arguments"}};
        }
      } else {
        word += c == '\\' && at < line.size() ? line[at++] : c;
      }
    }
    words.push_back(std::move(word));
  }
}

}  // namespace playground::app
