// How many instructions a request's bytes cost.
#include <string>
#include <string_view>

#include "base/check.h"
#include "http/request_parser.h"
#include "test/counts/inputs.h"
#include "test/counts/operations.h"

namespace playground::counts {
namespace {

constexpr std::size_t kLargeBody = 64 * 1024;
constexpr std::size_t kPiece = 4 * 1024;

constexpr std::string_view kBrowserRequest =
    "GET /static/app.js HTTP/1.1\r\n"
    "Host: playground.example\r\n"
    "Connection: keep-alive\r\n"
    "Cache-Control: max-age=0\r\n"
    "sec-ch-ua: \"Chromium\";v=\"126\", \"Not:A-Brand\";v=\"8\"\r\n"
    "sec-ch-ua-mobile: ?0\r\n"
    "sec-ch-ua-platform: \"Linux\"\r\n"
    "DNT: 1\r\n"
    "Upgrade-Insecure-Requests: 1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36\r\n"
    "Accept: "
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Sec-Fetch-User: ?1\r\n"
    "Sec-Fetch-Dest: document\r\n"
    "Referer: https://playground.example/\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: en-GB,en;q=0.9,de;q=0.8\r\n"
    "If-None-Match: \"5d8c72a5edda8d6a\"\r\n"
    "Cookie: theme=dark; lang=en\r\n"
    "Priority: u=0, i\r\n"
    "\r\n";

// Feeds one request and takes it.
http::Request parse(http::RequestParser& parser, std::string_view bytes, std::size_t piece) {
  while (!bytes.empty()) bytes.remove_prefix(parser.feed(bytes.substr(0, piece)));
  PLAYGROUND_CHECK(parser.status() == http::RequestParser::Status::complete);
  return parser.take();
}

void parse_often(std::string_view bytes, std::size_t piece, std::size_t body, std::size_t times) {
  http::RequestParser parser{http::Limits{}};
  for (std::size_t i = 0; i < times; ++i) {
    PLAYGROUND_CHECK(parse(parser, bytes, piece).body.size() == body);
  }
}

}  // namespace

void parse_evaluation_request(std::size_t times) {
  std::string bytes = evaluation_request("/py/eval");
  parse_often(bytes, bytes.size(), kProgram.size(), times);
}

void parse_browser_request(std::size_t times) {
  parse_often(kBrowserRequest, kBrowserRequest.size(), 0, times);
}

void parse_large_body(std::size_t times) {
  std::string bytes =
      message("POST /py/eval HTTP/1.1\r\nHost: localhost:6000\r\n", std::string(kLargeBody, 'x'));
  parse_often(bytes, kPiece, kLargeBody, times);
}

}  // namespace playground::counts
