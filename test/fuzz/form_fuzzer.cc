// What browsers' forms send. Fields that were read are, written out again in either form, read as
// the same; what the ui makes of them is JSON that a backend takes, with the code that the page
// shows.
#include <algorithm>
#include <cctype>
#include <string>

#include "app/evaluation_json.h"
#include "app/form_program.h"
#include "base/check.h"
#include "fuzzer.h"
#include "http/form.h"
#include "input.h"

namespace playground::fuzz {
namespace {

// Escapes may double them, and the head of a part has to have room for one.
constexpr std::size_t kLongestName = 1500;

std::string percent(std::string_view text) {
  constexpr char kDigits[] = "0123456789aBcDeF";
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      out += c;
    } else {
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return out;
}

std::string as_urlencoded(const http::Form& form) {
  std::string text;
  for (const auto& field : form) text += percent(field.name) + "=" + percent(field.value) + "&";
  return text;
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// A number that stands in no value.
std::string boundary_for(const http::Form& form) {
  std::string boundary = "0";
  auto occurs = [&](const auto& field) { return field.value.find(boundary) != std::string::npos; };
  for (int i = 1; std::any_of(form.begin(), form.end(), occurs); ++i) boundary = std::to_string(i);
  return boundary;
}

std::string as_multipart(const http::Form& form, const std::string& boundary) {
  std::string text;
  for (const auto& field : form) {
    text += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + in_quotes(field.name) +
            "\r\n\r\n" + field.value + "\r\n";
  }
  return text + "--" + boundary + "--";
}

bool same(const http::Form& a, const http::Form& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.name == y.name && x.value == y.value;
  });
}

void check_urlencoded(std::string_view body) {
  auto form = http::parse_urlencoded(body);
  if (!form) return;
  auto again = http::parse_urlencoded(as_urlencoded(*form));
  PLAYGROUND_CHECK(again && same(*form, *again));
}

void check_multipart(std::string_view type, std::string_view body) {
  auto form = http::parse_multipart(type, body);
  if (!form) return;
  auto is_long = [](const auto& field) { return field.name.size() > kLongestName; };
  if (std::any_of(form->begin(), form->end(), is_long)) return;
  std::string boundary = boundary_for(*form);
  auto again = http::parse_multipart("multipart/form-data; boundary=" + boundary,
                                     as_multipart(*form, boundary));
  PLAYGROUND_CHECK(again && same(*form, *again));
}

void check_program(std::string_view type, std::string_view body) {
  http::Request request;
  request.headers.add("Content-Type", std::string(type));
  request.body = body;
  app::FormFields fields = app::read_fields(request);
  auto program = app::read_form(request);
  if (!program) {
    PLAYGROUND_CHECK(program.error().status == 400 && !program.error().message.empty());
    return;
  }
  auto taken = app::parse_evaluation(program->body, {milliseconds{10'000}, 1 << 30});
  if (taken) {
    PLAYGROUND_CHECK(taken->code == fields.code);
    return;
  }
  // NUL, too many arguments, a time-out beyond what is allowed.
  const std::string& code = taken.error().code;
  PLAYGROUND_CHECK(code == "invalid_value" || code == "out_of_range");
}

void run(Input input) {
  std::string_view type = input.line();
  Piece body(input.rest().begin(), input.rest().end());
  check_urlencoded(view(body));
  check_multipart(type, view(body));
  check_program(type, view(body));
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
