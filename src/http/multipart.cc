#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http/form.h"
#include "http/framing.h"
#include "http/head_scanner.h"

namespace playground::http {
namespace {

constexpr std::size_t kMaxParts = 100;
constexpr std::size_t kMaxPartHeadBytes = 4096;
constexpr std::size_t kMaxPartFields = 16;
constexpr std::size_t kMaxBoundary = 70;  // RFC 2046, 5.1.1
constexpr std::string_view kCrLf = "\r\n";

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// What may stand between a delimiter and the end of its line (RFC 2046, 5.1.1).
void skip_padding(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

// Reads the head of a part with its empty line; returns the part's name.
Result<std::string> take_part_head(std::string_view& rest) {
  // A part's head has no start line, as a trailer has none.
  HeadScanner scanner(HeadScanner::Kind::trailer, kMaxPartHeadBytes);
  rest.remove_prefix(scanner.feed(rest));
  switch (scanner.status()) {
    case HeadScanner::Status::complete:
      break;
    case HeadScanner::Status::malformed:
      return unexpected("a part's head: " + std::string(scanner.fault()));
    case HeadScanner::Status::too_large:
      return unexpected("a part's head is too large");
    case HeadScanner::Status::more:
      return unexpected("a part's head has no end");
  }
  auto fields = parse_fields(scanner.fields(), kMaxPartFields);
  if (!fields) return unexpected("a part's head: " + fields.error().message);
  auto disposition = fields->get("content-disposition");
  if (!disposition || media_type(*disposition) != "form-data") {
    return unexpected("a part without Content-Disposition: form-data");
  }
  auto name = media_parameter(*disposition, "name");
  if (!name) return unexpected("a part without a name");
  return std::move(*name);
}

}  // namespace

Result<Form> parse_multipart(std::string_view content_type, std::string_view body) {
  auto boundary = media_parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary) {
    return unexpected("multipart/form-data without a proper boundary");
  }
  const std::string delimiter = "\r\n--" + *boundary;
  std::string_view first = std::string_view(delimiter).substr(kCrLf.size());
  // What stands before the first delimiter is to be ignored (RFC 2046, 5.1.1).
  std::size_t start = body.starts_with(first) ? 0 : body.find(delimiter);
  if (start == std::string_view::npos) return unexpected("the boundary does not occur in the body");
  std::string_view rest = body.substr(start + (start == 0 ? first.size() : delimiter.size()));

  Form form;
  while (!take_prefix(rest, "--")) {
    skip_padding(rest);
    if (!take_prefix(rest, kCrLf)) return unexpected("a boundary line does not end with CRLF");
    if (form.size() == kMaxParts) return unexpected("the form has too many parts");
    auto name = take_part_head(rest);
    if (!name) return Unexpected<Error>{name.error()};
    std::size_t end = rest.find(delimiter);
    if (end == std::string_view::npos) return unexpected("the closing boundary is missing");
    form.push_back({std::move(*name), std::string(rest.substr(0, end))});
    rest.remove_prefix(end + delimiter.size());
  }
  return form;
}

}  // namespace playground::http
