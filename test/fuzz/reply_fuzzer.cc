// What a backend answered, on its way through the ui: into the page for a browser without
// JavaScript, where nothing of it may become markup; and as a stream of lines, which may not change
// with the pieces in which it comes.
#include <algorithm>
#include <iterator>
#include <string>

#include "app/page.h"
#include "app/whole_lines.h"
#include "base/check.h"
#include "fuzzer.h"
#include "input.h"
#include "upstream/not_started.h"

namespace playground::fuzz {
namespace {

// Of a page: what begins markup or ends an attribute's value.
std::string markup_of(std::string_view page) {
  std::string markup;
  std::copy_if(page.begin(), page.end(), std::back_inserter(markup),
               [](char c) { return std::string_view("<>\"'").find(c) != std::string_view::npos; });
  return markup;
}

void check_page(int status, std::string_view body) {
  static const std::string kEmpty = app::render_page({});
  std::string text(body);
  app::PageContent content = app::page_from_reply({text, text, text}, status, body, body);
  PLAYGROUND_CHECK(!content.summary.empty() && content.fields.code == body);
  std::string page = app::render_page(content);
  PLAYGROUND_CHECK(markup_of(page) == markup_of(kEmpty));
  PLAYGROUND_CHECK(page.find('\0') == std::string::npos);
}

void check_lines(std::size_t most, std::string_view bytes, std::string_view lengths) {
  app::WholeLines lines(most);
  std::string all;
  std::size_t fed = 0;
  for (const Piece& piece : cut(bytes, lengths)) {
    std::string whole = lines.take(view(piece));
    fed += piece.size();
    all += whole;
    PLAYGROUND_CHECK(fed - all.size() <= most);
    // A part of a line goes on only where there is no room for it.
    PLAYGROUND_CHECK(whole.empty() || whole.back() == '\n' || fed == all.size());
  }
  all += lines.take_last({});
  PLAYGROUND_CHECK(all == bytes);
  bool open = !bytes.empty() && bytes.back() != '\n';
  PLAYGROUND_CHECK(lines.close_line() == (open ? "\n" : ""));
}

void run(Input input) {
  int status = (input.byte() & 1) == 0 ? 200 : 503;
  std::size_t most = input.byte();
  std::string_view lengths = input.bytes();
  Piece body(input.rest().begin(), input.rest().end());
  check_page(status, view(body));
  check_lines(most, view(body), lengths);
  if (upstream::promises_not_started(view(body))) {
    PLAYGROUND_CHECK(view(body).find("false") != std::string_view::npos);
  }
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
