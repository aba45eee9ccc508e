#include "app/page.h"

#include <simdjson.h>

#include <array>
#include <utility>

#include "app/assets.h"
#include "app/outcome_words.h"

namespace playground::app {
namespace {

namespace dom = simdjson::dom;

// As static/src/examples/hello.py, which a browser test compares. No line is wider than a phone.
constexpr std::string_view kFirstProgram =
    "from sys import version\n"
    "\n"
    "name = \"world\"\n"
    "python = version.split()[0]\n"
    "\n"
    "print(f\"Hello, {name}!\")\n"
    "print(\"I am Python\", python)\n";

std::string text_of(const dom::element& object, const char* key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

}  // namespace

PageContent first_page(bool asks_token) {
  PageContent content;
  content.fields.code = kFirstProgram;
  content.asks_token = asks_token;
  return content;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      // What HTML's parser would change: a carriage return into a line feed, NUL into nothing.
      case '\r':
        escaped += "&#13;";
        break;
      case '\0':
        escaped += "\xEF\xBF\xBD";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string render_page(const PageContent& content) {
  // Attributes of the field: one that is disabled is not sent.
  const std::string token = content.asks_token ? "" : "hidden disabled";
  const std::string view = content.embedded          ? "embedded"
                           : content.summary.empty() ? "first"
                                                     : "ran";
  const std::string inputs =
      content.fields.input.empty() && content.fields.arguments.empty() ? "" : "open";
  const std::array<std::pair<std::string_view, std::string_view>, 10> values{{
      {"{{view}}", view},
      {"{{code}}", content.fields.code},
      {"{{inputs}}", inputs},
      {"{{stdin}}", content.fields.input},
      {"{{arguments}}", content.fields.arguments},
      {"{{stdout}}", content.out},
      {"{{stderr}}", content.err},
      {"{{summary}}", content.summary},
      {"{{kind}}", content.kind},
      {"{{token}}", token},
  }};
  // One pass over the template: what a value contains is never looked at again.
  std::string_view rest = asset("static/index.html").content;
  std::string page;
  while (!rest.empty()) {
    std::size_t mark = std::min(rest.find("{{"), rest.size());
    page += rest.substr(0, mark);
    rest.remove_prefix(mark);
    bool replaced = false;
    for (const auto& [name, value] : values) {
      if (!rest.starts_with(name)) continue;
      page += escape_html(value);
      rest.remove_prefix(name.size());
      replaced = true;
      break;
    }
    if (!replaced && !rest.empty()) {
      page += rest.substr(0, 2);
      rest.remove_prefix(std::min<std::size_t>(2, rest.size()));
    }
  }
  return page;
}

PageContent page_from_reply(FormFields fields, int status, std::string_view body,
                            std::string_view backend, std::string_view retry_after) {
  PageContent content;
  content.fields = std::move(fields);
  content.kind = "failed";
  dom::parser parser;
  dom::element reply;
  if (parser.parse(body.data(), body.size()).get(reply) != simdjson::SUCCESS ||
      !reply.is_object()) {
    content.summary = "The backend gave no answer that can be shown.";
  } else if (status != 200) {
    std::string_view message;
    if (reply.at_pointer("/error/message").get(message) != simdjson::SUCCESS) message = {};
    content.summary = describe_refusal(status, message, retry_after);
  } else {
    content.out = text_of(reply, "stdout");
    content.err = text_of(reply, "stderr");
    content.summary = describe_run(reply, backend);
    content.kind = kind_of_run(reply);
  }
  return content;
}

}  // namespace playground::app
