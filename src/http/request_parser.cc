#include "http/request_parser.h"

#include <utility>

namespace playground::http {

RequestParser::RequestParser(const Limits& limits)
    : limits_(limits), scanner_(HeadScanner::Kind::head, limits.max_head_bytes) {}

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t taken = 0;
  if (status_ == Status::idle || status_ == Status::head) taken = feed_head(bytes);
  if (status_ == Status::body) taken += feed_body(bytes.substr(taken));
  return taken;
}

std::size_t RequestParser::feed_head(std::string_view bytes) {
  std::size_t taken = scanner_.feed(bytes);
  if (scanner_.started()) status_ = Status::head;
  // The line is judged as soon as it is there: an HTTP/0.9 client sends nothing after it.
  if (read_request_line()) judge_scan();
  return taken;
}

bool RequestParser::read_request_line() {
  if (head_) return true;
  auto line = scanner_.first_line();
  if (!line) return true;
  is_head_ = line->starts_with("HEAD ");
  head_.emplace();
  auto parsed = parse_request_line(*line, limits_, head_->request);
  if (!parsed) refuse_with(parsed.error());
  return parsed.has_value();
}

void RequestParser::judge_scan() {
  switch (scanner_.status()) {
    case HeadScanner::Status::more:
      return;
    case HeadScanner::Status::malformed:
      return refuse_with({400, "bad_request", scanner_.fault()});
    case HeadScanner::Status::too_large:
      if (!head_) return refuse_with({414, "uri_too_long", "the request line is too long"});
      return refuse_with({431, "headers_too_large", "the head is too large"});
    case HeadScanner::Status::complete:
      return start_body();
  }
}

void RequestParser::start_body() {
  auto parsed = parse_request_fields(scanner_.fields(), limits_, *head_);
  if (!parsed) return refuse_with(parsed.error());
  has_head_ = true;
  body_.start(scanner_.text(), head_->framing, limits_.max_body_bytes);
  if (body_.status() == BodyReader::Status::more) body_.reserve();
  status_ = Status::body;
  judge_body();
}

std::size_t RequestParser::feed_body(std::string_view bytes) {
  if (!bytes.empty()) head_->expects_continue = false;
  std::size_t taken = body_.feed(bytes);
  judge_body();
  return taken;
}

void RequestParser::judge_body() {
  switch (body_.status()) {
    case BodyReader::Status::more:
      return;
    case BodyReader::Status::malformed:
      return refuse_with({400, "bad_request", body_.fault()});
    case BodyReader::Status::too_large:
      return refuse_with({413, "body_too_large", "the body is too large"});
    case BodyReader::Status::complete:
      status_ = Status::complete;
  }
}

void RequestParser::refuse_with(Refusal refusal) {
  refusal_ = std::move(refusal);
  status_ = Status::refused;
}

std::string_view RequestParser::fields() const {
  return scanner_.status() == HeadScanner::Status::complete ? scanner_.fields() : "";
}

bool RequestParser::take_continue() {
  return status_ == Status::body && std::exchange(head_->expects_continue, false);
}

Request RequestParser::take() {
  Request request = std::move(head_->request);
  head_.reset();
  has_head_ = false;
  request.body = body_.take();
  scanner_.reset();
  is_head_ = false;
  status_ = Status::idle;
  return request;
}

}  // namespace playground::http
