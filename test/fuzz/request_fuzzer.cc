// Requests through the server's connection. Whatever the pieces in which they come, and however
// late and slowly they are answered, the same ones are read; trouble makes them fewer, never
// others. A request that was read says, written out again, the same to a parser as before.
#include <algorithm>
#include <string>

#include "base/check.h"
#include "fuzzer.h"
#include "http/request_parser.h"
#include "input.h"
#include "served.h"

namespace playground::fuzz {
namespace {

// Low, so that small inputs reach them; `choice` varies them.
http::Limits limits_of(unsigned choice) {
  http::Limits limits;
  if ((choice & 1) != 0) limits.max_head_bytes = 200;
  if ((choice & 2) != 0) limits.max_target_bytes = 20;
  if ((choice & 4) != 0) limits.max_headers = 5;
  limits.max_body_bytes = (choice & 8) != 0 ? 30 : 4096;
  limits.length_required = (choice & 16) == 0;
  return limits;
}

std::string head_text(const http::Request& request) {
  std::string target = request.path;
  if (!request.query.empty()) target += "?" + request.query;
  return request.method + " " + target + " HTTP/1." + std::to_string(request.minor_version) +
         "\r\n";
}

std::string text_of(const http::Request& request) {
  std::string text = head_text(request);
  for (const http::Header& field : request.headers) {
    text.append(field.name).append(": ").append(field.value).append("\r\n");
  }
  return text + "\r\n" + request.body;
}

// Framed by its length, however it came.
http::Request with_length(http::Request request) {
  bool chunked = request.headers.count("transfer-encoding") > 0;
  request.headers.remove("transfer-encoding");
  if (chunked) request.headers.set("content-length", std::to_string(request.body.size()));
  return request;
}

void check_again(const http::Request& served) {
  http::Request request = with_length(served);
  std::string text = text_of(request);
  http::RequestParser parser({.length_required = false});
  PLAYGROUND_CHECK(parser.feed(text) == text.size());
  PLAYGROUND_CHECK(parser.status() == http::RequestParser::Status::complete);
  PLAYGROUND_CHECK(text_of(parser.take()) == text);
}

// Whether those of `some` are the first ones of `all`.
bool begins_with(const Served& all, const Served& some) {
  auto same = [](const http::Request& a, const http::Request& b) {
    return text_of(a) == text_of(b);
  };
  return some.requests.size() <= all.requests.size() &&
         std::equal(some.requests.begin(), some.requests.end(), all.requests.begin(), same);
}

void check_same(const Served& a, const Served& b) {
  PLAYGROUND_CHECK(a.requests.size() == b.requests.size() && begins_with(a, b));
  PLAYGROUND_CHECK(a.refusal == b.refusal && a.over == b.over);
}

void run(Input input) {
  http::Limits limits = limits_of(input.byte());
  unsigned flags = input.byte();
  Trouble trouble{static_cast<Trouble::Kind>(flags % 6), input.byte()};
  std::string_view replies = input.bytes();
  std::string_view lengths = input.bytes();
  std::string_view bytes = input.rest();

  std::vector<Piece> whole;
  if (!bytes.empty()) whole.emplace_back(bytes.begin(), bytes.end());
  Served plain = serve(whole, limits, {.replies = replies});
  for (const http::Request& request : plain.requests) check_again(request);

  std::vector<Piece> pieces = cut(bytes, lengths);
  Script script{.replies = replies, .late = (flags & 64) != 0, .slow = (flags & 128) != 0};
  check_same(plain, serve(pieces, limits, script));
  if (trouble.kind == Trouble::Kind::none) return;
  script.trouble = trouble;
  if (trouble.kind == Trouble::Kind::all_overdue) {
    limits.head_timeout = limits.body_timeout = milliseconds{0};
    limits.idle_timeout = limits.write_timeout = milliseconds{0};
  }
  PLAYGROUND_CHECK(begins_with(plain, serve(pieces, limits, script)));
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
