#include "app/asset_reply.h"

#include <cstdio>
#include <functional>
#include <utility>

#include "app/page.h"
#include "http/accept_encoding.h"
#include "http/entity_tag.h"

namespace playground::app {
namespace {

// The page loads its own files and asks its own server, and nothing else; nothing in it is inline,
// so that what a program prints could not run even if it got into the markup. Figures and files of
// a program are shown from memory (blob:).
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

// A file that is opened by itself, a picture with markup among them, may do nothing.
constexpr const char* kFilePolicy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Names do not change with what is in the files: whoever has one asks whether it still holds.
constexpr const char* kAskAgain = "no-cache";

// Other content would have another name: it may be kept for a year without asking.
constexpr const char* kKeepForEver = "public, max-age=31536000, immutable";

void add_policy(http::Headers& headers, std::string policy) {
  headers.add("Content-Security-Policy", std::move(policy));
  headers.add("Referrer-Policy", "same-origin");
}

// `framed_by`: sources of the directive frame-ancestors.
http::Response page_with(int status, const char* cache_control, const std::string& framed_by) {
  http::Response response;
  response.status = status;
  response.headers.add("Cache-Control", cache_control);
  add_policy(response.headers, kPagePolicy + framed_by);
  // Whoever opens the page in a window gets no hold of that window.
  response.headers.add("Cross-Origin-Opener-Policy", "same-origin");
  return response;
}

void set_html(http::Response& response, std::string html) {
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body = std::move(html);
}

std::string tag_of(std::string_view hash, std::string_view form) {
  return "\"" + std::string(hash) + std::string(form) + "\"";
}

// The form of an asset that the client would rather have, and what its tag ends with.
struct Form {
  std::string_view body;
  const char* coding;  // null: as it is
  const char* suffix;
};

Form form_of(const Asset& asset, const http::Headers& request) {
  http::Codings available{.gzip = !asset.gzip.empty(), .brotli = !asset.brotli.empty()};
  switch (http::preferred_coding(request, available)) {
    case http::Coding::kBrotli:
      return {asset.brotli, "br", "-br"};
    case http::Coding::kGzip:
      return {asset.gzip, "gzip", "-gzip"};
    case http::Coding::kIdentity:
      break;
  }
  return {asset.content, nullptr, ""};
}

std::string frame_ancestors(const std::vector<std::string>& origins) {
  std::string sources = "'self'";
  for (const std::string& origin : origins) sources += " " + origin;
  return sources;
}

}  // namespace

http::Response asset_reply(const Asset& asset, const http::Headers& request) {
  Form form = form_of(asset, request);
  std::string tag = tag_of(asset.hash, form.suffix);
  http::Response response;
  response.headers.add("ETag", tag);
  response.headers.add("Cache-Control", asset.hashed ? kKeepForEver : kAskAgain);
  if (!asset.gzip.empty() || !asset.brotli.empty()) {
    response.headers.add("Vary", "Accept-Encoding");
  }
  add_policy(response.headers, kFilePolicy);
  if (http::is_known_to_client(request, tag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", std::string(media_type_of(asset.name)));
  if (form.coding != nullptr) response.headers.add("Content-Encoding", form.coding);
  response.body = form.body;
  return response;
}

FirstPage::FirstPage(bool asks_token, const std::vector<std::string>& framing_origins)
    : plain_(filled(asks_token, false, "'none'")),
      embedded_(filled(asks_token, true, frame_ancestors(framing_origins))) {}

FirstPage::Filled FirstPage::filled(bool asks_token, bool embedded, std::string framed_by) {
  PageContent content = first_page(asks_token);
  content.embedded = embedded;
  std::string html = render_page(content);
  // The same in every process of one build, which is all that a tag has to be.
  char digits[24];
  std::snprintf(digits, sizeof(digits), "%016zx", std::hash<std::string>()(html));
  return {std::move(html), tag_of(digits, ""), std::move(framed_by)};
}

http::Response FirstPage::reply(const http::Request& request) const {
  const Filled& page = request.query == "embed=1" ? embedded_ : plain_;
  bool known = http::is_known_to_client(request.headers, page.tag);
  http::Response response = page_with(known ? 304 : 200, kAskAgain, page.framed_by);
  response.headers.add("ETag", page.tag);
  if (!known) set_html(response, page.html);
  return response;
}

http::Response page_reply(int status, std::string html) {
  http::Response response = page_with(status, "no-store", "'none'");
  set_html(response, std::move(html));
  return response;
}

}  // namespace playground::app
