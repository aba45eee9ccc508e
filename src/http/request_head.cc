#include "http/request_head.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "http/authority.h"

namespace playground::http {
namespace {

bool is_known_method(std::string_view method) {
  static constexpr std::string_view kMethods[] = {"GET",    "HEAD",    "POST",  "PUT",
                                                  "DELETE", "OPTIONS", "PATCH", "TRACE"};
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

Result<int, Refusal> parse_version(std::string_view version) {
  if (version == "HTTP/1.1") return 1;
  if (version == "HTTP/1.0") return 0;
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (version.size() == 8 && version.starts_with("HTTP/") && digit(version[5]) &&
      version[6] == '.' && digit(version[7])) {
    return refuse(505, "version_not_supported", "only HTTP/1.1 and HTTP/1.0 are spoken here");
  }
  return refuse("the request line names no HTTP version");
}

// RFC 9112, 3.2.2: the authority of an absolute target replaces what Host says.
bool take_authority(std::string_view& target, Request& request) {
  std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return false;
  std::string_view name = target.substr(0, scheme);
  if (!equals_ignoring_case(name, "http") && !equals_ignoring_case(name, "https")) return false;
  target.remove_prefix(scheme + 3);
  std::string_view authority = target.substr(0, target.find_first_of("/?"));
  if (!is_authority(authority)) return false;
  request.headers.add("Host", authority);
  target.remove_prefix(authority.size());
  return true;
}

bool parse_target(std::string_view target, Request& request) {
  auto visible = [](char c) { return c > ' ' && c < 0x7f && c != '#'; };
  if (!std::all_of(target.begin(), target.end(), visible)) return false;
  if (target == "*") {
    request.path = target;
    return request.method == "OPTIONS";
  }
  if (target.front() != '/' && !take_authority(target, request)) return false;
  std::size_t question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  request.query = target.substr(std::min(question + 1, target.size()));
  if (!request.path.empty()) return true;
  // RFC 9110, 9.3.7: without a path OPTIONS asks about the server itself.
  request.path = request.method == "OPTIONS" && request.query.empty() ? "*" : "/";
  return true;
}

Result<void, Refusal> check_host(const Headers& headers, int minor_version) {
  std::size_t count = headers.count("host");
  if (count > 1) return refuse("more than one Host");
  if (count == 0 && minor_version > 0) return refuse("no Host");
  if (count == 1 && !is_authority(*headers.get("host"))) return refuse("a Host that names no host");
  return {};
}

Result<void, Refusal> check_length(const RequestHead& head, const Limits& limits) {
  const std::string& method = head.request.method;
  bool has_body_by_nature = method == "POST" || method == "PUT" || method == "PATCH";
  if (limits.length_required && has_body_by_nature && head.framing.kind == BodyKind::none &&
      head.request.headers.count("content-length") == 0) {
    return refuse(411, "length_required", method + " needs a Content-Length");
  }
  if (head.framing.length > limits.max_body_bytes) {
    return refuse(413, "body_too_large",
                  "the body may have " + std::to_string(limits.max_body_bytes) + " bytes");
  }
  return {};
}

// What the client asks of us before it sends the body.
Result<void, Refusal> check_demands(RequestHead& head) {
  const Headers& headers = head.request.headers;
  for (const Header& field : headers) {
    if (!equals_ignoring_case(field.name, "content-encoding")) continue;
    if (equals_ignoring_case(field.value, "identity")) continue;
    return refuse(415, "unsupported_media_type", "bodies are taken without Content-Encoding");
  }
  // A server ignores what HTTP/1.0 expects (RFC 9110, 10.1.1).
  if (head.request.minor_version == 0) return {};
  for (const Header& field : headers) {
    if (!equals_ignoring_case(field.name, "expect")) continue;
    if (!equals_ignoring_case(field.value, "100-continue")) {
      return refuse(417, "expectation_failed", "no expectation but 100-continue can be met");
    }
    head.expects_continue = head.framing.kind != BodyKind::none;
  }
  return {};
}

}  // namespace

Result<void, Refusal> parse_request_line(std::string_view line, const Limits& limits,
                                         Request& request) {
  std::size_t first = line.find(' ');
  std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos) return refuse("the request line has no target");
  std::string_view method = line.substr(0, first);
  if (!is_token(method)) return refuse("the request line begins with no method");
  if (first == last) {
    bool too_long = line.size() - first > limits.max_target_bytes;
    if (too_long) return refuse(414, "uri_too_long", "the target is too long");
    return refuse("the request line names no HTTP version");
  }
  std::string_view target = line.substr(first + 1, last - first - 1);
  if (target.empty() || target.find(' ') != std::string_view::npos) {
    return refuse("the request line has more than two spaces");
  }
  auto version = parse_version(line.substr(last + 1));
  if (!version) return Unexpected<Refusal>{version.error()};
  if (target.size() > limits.max_target_bytes) {
    return refuse(414, "uri_too_long", "the target is too long");
  }
  if (!is_known_method(method)) {
    return refuse(501, "not_implemented", "the method is not known here");
  }
  request.method = method;
  request.minor_version = *version;
  if (!parse_target(target, request)) return refuse("the target is not a path");
  return {};
}

Result<void, Refusal> parse_request_fields(std::string_view fields, const Limits& limits,
                                           RequestHead& head) {
  auto headers = parse_fields(fields, limits.max_headers);
  if (!headers) return Unexpected<Refusal>{headers.error()};
  int minor = head.request.minor_version;
  if (auto host = check_host(*headers, minor); !host) return Unexpected<Refusal>{host.error()};
  auto framing = framing_of(*headers, minor);
  if (!framing) return Unexpected<Refusal>{framing.error()};

  if (auto authority = head.request.headers.get("host")) headers->set("Host", *authority);
  head.framing = *framing;
  head.keep_alive = is_persistent(*headers, minor);
  head.request.headers = std::move(*headers);
  if (auto length = check_length(head, limits); !length) return length;
  return check_demands(head);
}

}  // namespace playground::http
