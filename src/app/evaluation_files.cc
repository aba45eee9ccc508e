#include "app/evaluation_files.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "app/json_fields.h"
#include "base/base64.h"

namespace playground::app {
namespace {

namespace dom = simdjson::dom;

using Failed = Unexpected<ApiError>;
using Done = Result<void, ApiError>;

constexpr std::size_t kMostPatterns = 100;
constexpr std::size_t kMostNameBytes = 255;  // NAME_MAX

std::string item(std::string_view field, std::size_t index) {
  return std::string(field) + "[" + std::to_string(index) + "]";
}

Failed invalid(const std::string& field, const std::string& rule) {
  return refuse("invalid_value", "\"" + field + "\" " + rule, field);
}

Failed out_of_range(const std::string& field, const std::string& rule) {
  return refuse("out_of_range", "\"" + field + "\" " + rule, field);
}

Failed missing(const std::string& field) {
  return refuse("missing_field", "\"" + field + "\" is required: a string", field);
}

Done check_name(std::string_view name, const std::string& field) {
  if (name.empty()) return invalid(field, "must not have an empty name before or after a \"/\"");
  if (name == "." || name == "..") {
    return invalid(field, "must not have the name \"" + std::string(name) + "\" in it");
  }
  if (name.size() <= kMostNameBytes) return {};
  return out_of_range(field, "must not have a name of more than " + std::to_string(kMostNameBytes) +
                                 " bytes in it");
}

Done check_path(std::string_view path, const std::string& field) {
  if (auto checked = no_nul(path, field); !checked) return checked;
  if (path.empty()) return invalid(field, "must not be empty");
  if (path.front() == '/') return invalid(field, "must be relative");
  if (path.size() > exec::kMostPathBytes) {
    return out_of_range(
        field, "must have at most " + std::to_string(exec::kMostPathBytes) + " bytes of UTF-8");
  }
  if (path == "main.py") return invalid(field, "must not be \"main.py\", which is \"code\"");
  if (path.substr(0, path.find('/')) == exec::kFiguresFolder) {
    return invalid(field, "must not be in the folder \"" + std::string(exec::kFiguresFolder) +
                              "\", where figures are kept");
  }
  for (std::size_t begin = 0; begin <= path.size();) {
    std::size_t end = std::min(path.find('/', begin), path.size());
    if (auto checked = check_name(path.substr(begin, end - begin), field); !checked) return checked;
    begin = end + 1;
  }
  return {};
}

// The members of one object, each at most once.
struct FileFields {
  std::optional<std::string_view> path, content, encoding;
};

Done read_member(std::string_view name, dom::element value, const std::string& field,
                 FileFields& fields) {
  std::optional<std::string_view>* member = name == "path"       ? &fields.path
                                            : name == "content"  ? &fields.content
                                            : name == "encoding" ? &fields.encoding
                                                                 : nullptr;
  if (member == nullptr) {
    return refuse("unknown_field",
                  "\"" + field + "\" is unknown; known are path, content, encoding", field);
  }
  if (*member) return refuse("duplicate_field", "\"" + field + "\" is given twice", field);
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return wrong_type(field, "a string");
  *member = text;
  return {};
}

Result<std::string, ApiError> decode(const FileFields& fields, const std::string& file) {
  std::string_view encoding = fields.encoding.value_or("utf-8");
  if (encoding == "utf-8") return std::string(*fields.content);
  if (encoding != "base64") {
    return invalid(file + ".encoding", "must be \"utf-8\" or \"base64\"");
  }
  if (auto bytes = decode_base64(*fields.content)) return std::move(*bytes);
  return invalid(file + ".content",
                 "must be base64 of RFC 4648, section 4: padded, without blanks or line breaks");
}

Result<exec::InputFile, ApiError> read_file_item(dom::element value, const std::string& file) {
  dom::object members;
  if (value.get(members) != simdjson::SUCCESS) {
    return wrong_type(file, "an object with path, content and, if need be, encoding");
  }
  FileFields fields;
  for (dom::key_value_pair member : members) {
    auto read = read_member(member.key, member.value, file + "." + std::string(member.key), fields);
    if (!read) return Failed{read.error()};
  }
  if (!fields.path) return missing(file + ".path");
  if (!fields.content) return missing(file + ".content");
  if (auto checked = check_path(*fields.path, file + ".path"); !checked) {
    return Failed{checked.error()};
  }
  auto content = decode(fields, file);
  if (!content) return Failed{content.error()};
  return exec::InputFile{std::string(*fields.path), std::move(*content)};
}

// The items of files by path, and of equal ones by their place in the request.
std::vector<std::size_t> sorted_by_path(const std::vector<exec::InputFile>& files) {
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&files](std::size_t a, std::size_t b) {
    return files[a].path < files[b].path;
  });
  return order;
}

// No path may be given twice, or be a file here and a folder there.
Done check_together(const std::vector<exec::InputFile>& files) {
  std::vector<std::size_t> order = sorted_by_path(files);
  auto field = [](std::size_t index) { return item("files", index) + ".path"; };
  auto first_below = [&](const std::string& path) -> std::optional<std::size_t> {
    std::string folder = path + "/";
    auto at = std::lower_bound(
        order.begin(), order.end(), folder,
        [&files](std::size_t index, const std::string& from) { return files[index].path < from; });
    if (at == order.end() || !files[*at].path.starts_with(folder)) return std::nullopt;
    return *at;
  };
  if (auto below = first_below("main.py")) {
    return invalid(field(*below), "must not be below \"main.py\", a file");
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::string& path = files[order[i]].path;
    std::string quoted = "\"" + field(order[i]) + "\"";
    if (i + 1 < order.size() && files[order[i + 1]].path == path) {
      return invalid(field(order[i + 1]), "is the same as " + quoted);
    }
    if (auto below = first_below(path)) {
      return invalid(field(*below), "is below " + quoted + ", which is a file");
    }
  }
  return {};
}

Done read_pattern(dom::element value, const std::string& field, exec::FilesOut& files_out) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return wrong_type(field, "a string");
  if (auto checked = no_nul(text, field); !checked) return checked;
  if (text.size() > exec::kMostPathBytes) {
    return out_of_range(
        field, "must have at most " + std::to_string(exec::kMostPathBytes) + " bytes of UTF-8");
  }
  auto pattern = exec::Glob::parse(text);
  if (!pattern) return invalid(field, pattern.error().message);
  files_out.patterns.push_back(std::move(*pattern));
  return {};
}

}  // namespace

Done read_files(dom::element value, std::size_t most_bytes, std::vector<exec::InputFile>& files) {
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return wrong_type("files", "an array of objects");
  std::size_t bytes = 0;
  for (dom::element each : list) {
    if (files.size() == exec::kMostFiles) {
      return out_of_range("files",
                          "must have at most " + std::to_string(exec::kMostFiles) + " items");
    }
    auto file = read_file_item(each, item("files", files.size()));
    if (!file) return Failed{file.error()};
    bytes += file->content.size();
    if (bytes > most_bytes) {
      return out_of_range(
          "files", "must have at most " + std::to_string(most_bytes) + " bytes of content in all");
    }
    files.push_back(std::move(*file));
  }
  return check_together(files);
}

Done read_files_out(dom::element value, exec::FilesOut& files_out) {
  if (value.get(files_out.all) == simdjson::SUCCESS) return {};
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) {
    return wrong_type("files_out", "true or an array of patterns");
  }
  files_out.by_patterns = true;
  for (dom::element each : list) {
    if (files_out.patterns.size() == kMostPatterns) {
      return out_of_range("files_out",
                          "must have at most " + std::to_string(kMostPatterns) + " items");
    }
    auto read = read_pattern(each, item("files_out", files_out.patterns.size()), files_out);
    if (!read) return read;
  }
  return {};
}

}  // namespace playground::app
