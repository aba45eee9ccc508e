#include "http/response_parser.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "http/body_reader.h"
#include "http/framing.h"
#include "http/head_scanner.h"

namespace playground::http {
namespace {

constexpr std::size_t kMaxFields = 200;

// RFC 9110, 7.6.1, and what frames the message: they speak of the connection that they came by.
constexpr std::string_view kHopByHop[] = {
    "connection", "keep-alive", "proxy-connection",  "te",
    "trailer",    "upgrade",    "transfer-encoding", "content-length"};

Unexpected<Error> broken(std::string_view what) {
  return unexpected("not a proper HTTP response: " + std::string(what));
}

void drop_hop_by_hop(Headers& headers) {
  std::vector<std::string> named;
  for (const Header& field : headers) {
    if (!equals_ignoring_case(field.name, "connection")) continue;
    for (std::string_view name : split_list(field.value, ',')) named.emplace_back(name);
  }
  for (const std::string& name : named) headers.remove(name);
  for (std::string_view name : kHopByHop) headers.remove(name);
}

struct StatusLine {
  int status = 0;
  int minor_version = 1;
};

// RFC 9112, 4: "HTTP/1.1 200 OK"; the reason may be empty.
Result<StatusLine> parse_status_line(std::string_view line) {
  bool known = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
  if (!known) return broken("it does not begin with HTTP/1.1 or HTTP/1.0");
  auto status = parse_unsigned(line.substr(9, 3));
  bool ends = line.size() == 12 || (line.size() > 12 && line[12] == ' ');
  if (!status || *status < 100 || *status > 599 || !ends) return broken("no status code");
  return StatusLine{static_cast<int>(*status), line[7] - '0'};
}

}  // namespace

struct ResponseParser::Impl {
  explicit Impl(std::size_t max_head) : scanner(HeadScanner::Kind::head, max_head) {}

  Result<std::size_t> feed_head(std::string_view bytes);
  Result<void> read_head();
  Result<void> start_body(const StatusLine& line, Headers headers);
  Result<void> feed_body(std::string_view bytes, std::size_t& taken);
  Result<void> judge_body();

  HeadScanner scanner;
  BodyReader body{HTTP_RESPONSE};
  Response response;
  Framing framing;
  bool started = false;
  bool in_body = false;
  bool complete = false;
  bool keep_alive = false;
};

Result<std::size_t> ResponseParser::Impl::feed_head(std::string_view bytes) {
  std::size_t taken = scanner.feed(bytes);
  switch (scanner.status()) {
    case HeadScanner::Status::more:
      // A peer that speaks something else may never send an empty line.
      if (auto line = scanner.first_line()) {
        if (auto status = parse_status_line(*line); !status)
          return Unexpected<Error>{status.error()};
      }
      break;
    case HeadScanner::Status::malformed:
      return broken(scanner.fault());
    case HeadScanner::Status::too_large:
      return broken("the head is too large");
    case HeadScanner::Status::complete:
      if (auto read = read_head(); !read) return Unexpected<Error>{read.error()};
  }
  return taken;
}

Result<void> ResponseParser::Impl::read_head() {
  auto line = parse_status_line(*scanner.first_line());
  if (!line) return Unexpected<Error>{line.error()};
  auto headers = parse_fields(scanner.fields(), kMaxFields);
  if (!headers) return broken(headers.error().message);
  if (line->status == 101) return broken("it switches protocols");
  if (line->status < 200) {
    scanner.reset();
    return {};
  }
  return start_body(*line, std::move(*headers));
}

Result<void> ResponseParser::Impl::start_body(const StatusLine& line, Headers headers) {
  auto declared = framing_of(headers, line.minor_version);
  if (!declared) return broken(declared.error().message);
  framing = *declared;
  if (line.status == 204 || line.status == 304) {
    framing = {BodyKind::none, 0};
  } else if (framing.kind == BodyKind::none && headers.count("content-length") == 0) {
    framing.kind = BodyKind::until_close;
  }
  keep_alive = framing.kind != BodyKind::until_close && is_persistent(headers, line.minor_version);
  if (body.start(scanner.text(), framing, BodyReader::kUnlimited) ==
      BodyReader::Status::malformed) {
    return broken(body.fault());
  }
  drop_hop_by_hop(headers);
  response.status = line.status;
  response.headers = std::move(headers);
  in_body = true;
  return judge_body();
}

Result<void> ResponseParser::Impl::feed_body(std::string_view bytes, std::size_t& taken) {
  taken += body.feed(bytes);
  return judge_body();
}

Result<void> ResponseParser::Impl::judge_body() {
  switch (body.status()) {
    case BodyReader::Status::more:
      return {};
    case BodyReader::Status::malformed:
      return broken(body.fault());
    case BodyReader::Status::too_large:  // 2^64 bytes and more
      return broken("the body is too large");
    case BodyReader::Status::complete:
      complete = true;
  }
  return {};
}

ResponseParser::ResponseParser(std::size_t max_head_bytes)
    : impl_(std::make_unique<Impl>(max_head_bytes)) {}

ResponseParser::~ResponseParser() = default;

Result<void> ResponseParser::feed(std::string_view bytes) {
  std::size_t taken = 0;
  impl_->started = impl_->started || !bytes.empty();
  // More than one head where 1xx responses come first.
  while (taken < bytes.size() && !impl_->in_body) {
    auto head = impl_->feed_head(bytes.substr(taken));
    if (!head) return Unexpected<Error>{head.error()};
    taken += *head;
  }
  if (taken < bytes.size() && !impl_->complete) {
    if (auto body = impl_->feed_body(bytes.substr(taken), taken); !body) return body;
  }
  if (taken < bytes.size()) return broken("bytes behind its end");
  return {};
}

Result<void> ResponseParser::finish() {
  if (impl_->complete) return {};
  if (!impl_->in_body) return broken("it was cut off in the head");
  impl_->body.finish();
  return impl_->judge_body();
}

bool ResponseParser::started() const {
  return impl_->started;
}
bool ResponseParser::arriving() const {
  return impl_->in_body || impl_->scanner.started();
}
bool ResponseParser::has_head() const {
  return impl_->in_body;
}
bool ResponseParser::complete() const {
  return impl_->complete;
}
bool ResponseParser::keep_alive() const {
  return impl_->keep_alive;
}

std::optional<std::uint64_t> ResponseParser::length() const {
  bool told = impl_->framing.kind == BodyKind::none || impl_->framing.kind == BodyKind::length;
  return told ? std::optional(impl_->framing.length) : std::nullopt;
}

Response ResponseParser::take() {
  Response response = std::exchange(impl_->response, Response());
  response.body = impl_->body.take();
  return response;
}

std::string ResponseParser::take_body() {
  return impl_->body.take();
}

void ResponseParser::reset() {
  impl_->scanner.reset();
  impl_->response = {};
  impl_->body.take();
  impl_->framing = {};
  impl_->started = impl_->in_body = impl_->complete = impl_->keep_alive = false;
}

}  // namespace playground::http
