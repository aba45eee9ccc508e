// A backend's bytes through the proxy's parser. Whatever the pieces in which they come, and whether
// the body is taken as it comes, the same response is read; its body is as long as its head tells.
// What was read, written out for a client, is read as the same.
#include <optional>
#include <string>

#include "base/check.h"
#include "base/text.h"
#include "fuzzer.h"
#include "http/response_parser.h"
#include "http/writer.h"
#include "input.h"

namespace playground::fuzz {
namespace {

constexpr std::string_view kDate = "Sun, 06 Nov 1994 08:49:37 GMT";

struct Reading {
  bool well = false;  // no error, and complete at the end
  bool has_head = false;
  bool keep_alive = false;
  std::optional<std::uint64_t> length;
  http::Response response;  // with the body, where all is well
};

Result<void> feed(http::ResponseParser& parser, const std::vector<Piece>& pieces, bool as_it_comes,
                  Reading& reading) {
  for (const Piece& piece : pieces) {
    if (auto fed = parser.feed(view(piece)); !fed) return fed;
    if (!as_it_comes || !parser.has_head()) continue;
    if (reading.has_head) {
      reading.response.body += parser.take_body();
    } else {
      reading.response = parser.take();
    }
    reading.has_head = true;
  }
  return parser.finish();
}

Reading read(http::ResponseParser& parser, const std::vector<Piece>& pieces, bool as_it_comes) {
  Reading reading;
  reading.well = feed(parser, pieces, as_it_comes, reading).has_value();
  PLAYGROUND_CHECK(!reading.well || parser.complete());
  PLAYGROUND_CHECK(!reading.has_head || parser.has_head());
  if (!parser.has_head()) return reading;
  if (reading.has_head) {
    reading.response.body += parser.take_body();
  } else {
    reading.response = parser.take();
  }
  reading.has_head = true;
  reading.keep_alive = parser.keep_alive();
  reading.length = parser.length();
  return reading;
}

std::string text_of(const http::Response& response) {
  std::string text = std::to_string(response.status) + "\n";
  for (const http::Header& field : response.headers) {
    text.append(field.name).append(": ").append(field.value).append("\n");
  }
  return text + "\n" + response.body;
}

void check_same(const Reading& a, const Reading& b) {
  PLAYGROUND_CHECK(a.well == b.well && a.has_head == b.has_head);
  if (!a.has_head) return;
  PLAYGROUND_CHECK(a.keep_alive == b.keep_alive && a.length == b.length);
  PLAYGROUND_CHECK(a.response.status == b.response.status);
  if (a.well) PLAYGROUND_CHECK(text_of(a.response) == text_of(b.response));
}

// What speaks of the backend's connection goes no further (RFC 9110, 7.6.1).
void check_fields(const http::Headers& headers) {
  for (const char* name : {"connection", "keep-alive", "transfer-encoding", "content-length"}) {
    PLAYGROUND_CHECK(headers.count(name) == 0);
  }
}

// What the writer adds to every response.
void remove_fixed(http::Headers& headers) {
  headers.remove("date");
  headers.remove("x-content-type-options");
}

// A response as its writer leaves it: fields that it decides itself are not the backend's to say,
// and those that it adds are there already.
http::Response as_sent(http::Response response) {
  remove_fixed(response.headers);
  response.headers.remove("keep-alive");
  if (response.headers.count("content-type") == 0)
    response.headers.set("content-type", "text/plain");
  return response;
}

void check_again(const Reading& reading) {
  http::Response response = as_sent(reading.response);
  http::ReplyForm form{reading.keep_alive, 1, false};
  std::string text(http::write_head(response, form, kDate));
  PLAYGROUND_CHECK(http::sends_body(response, form) || response.body.empty());
  text += response.body;
  http::ResponseParser parser(1 << 20);
  Reading again = read(parser, {Piece(text.begin(), text.end())}, false);
  remove_fixed(again.response.headers);
  PLAYGROUND_CHECK(again.well && again.keep_alive == reading.keep_alive);
  PLAYGROUND_CHECK(text_of(again.response) == text_of(response));
}

void run(Input input) {
  std::size_t max_head = 64 + input.byte() * std::size_t{8};
  std::string_view lengths = input.bytes();
  std::string_view bytes = input.rest();

  http::ResponseParser parser(max_head);
  Reading whole = read(parser, {Piece(bytes.begin(), bytes.end())}, false);
  http::ResponseParser other(max_head);
  check_same(whole, read(other, cut(bytes, lengths), true));
  // The same parser, once more.
  parser.reset();
  check_same(whole, read(parser, cut(bytes, {}), false));
  if (!whole.well) return;
  if (whole.length) PLAYGROUND_CHECK(whole.response.body.size() == *whole.length);
  check_fields(whole.response.headers);
  check_again(whole);
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
