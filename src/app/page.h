// Page: static/index.html with its placeholders filled. A browser without JavaScript posts the form
// and gets the page back with the outputs in it; one with JavaScript gets it empty and asks
// /python.
#pragma once

#include <string>
#include <string_view>

#include "app/form_program.h"

namespace playground::app {

struct PageContent {
  FormFields fields;
  std::string out;
  std::string err;
  std::string summary;         // one line in words: how it ended
  std::string_view kind = {};  // of the summary, for the style sheet; static text
  bool asks_token = false;
  bool embedded = false;  // for a frame in another page
};

// What the editor holds on the first visit.
PageContent first_page(bool asks_token);

// Every placeholder replaced, every value escaped.
std::string render_page(const PageContent& content);

// From the reply of `backend` (status and JSON body) to what the page shows for it. `retry_after`
// is that header's value, in seconds; empty: there was none.
PageContent page_from_reply(FormFields fields, int status, std::string_view body,
                            std::string_view backend, std::string_view retry_after = {});

// & < > " ' and carriage returns as character references; NUL, which HTML can't hold, as U+FFFD.
std::string escape_html(std::string_view text);

}  // namespace playground::app
