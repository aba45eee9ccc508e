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
// so that what a program prints could not run even if it got into the markup.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

// A file that is opened by itself, a picture with markup among them, may do nothing.
constexpr const char* kFilePolicy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Names do not change with what is in the files: whoever has one asks whether it still holds.
constexpr const char* kAskAgain = "no-cache";

void add_policy(http::Headers& headers, const char* policy) {
  headers.add("Content-Security-Policy", policy);
  headers.add("Referrer-Policy", "same-origin");
}

http::Response page_with(int status, const char* cache_control) {
  http::Response response;
  response.status = status;
  response.headers.add("Cache-Control", cache_control);
  add_policy(response.headers, kPagePolicy);
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

}  // namespace

http::Response asset_reply(const Asset& asset, const http::Headers& request) {
  bool gzip = !asset.gzip.empty() && http::prefers_gzip(request);
  std::string tag = tag_of(asset.hash, gzip ? "-gzip" : "");
  http::Response response;
  response.headers.add("ETag", tag);
  response.headers.add("Cache-Control", kAskAgain);
  if (!asset.gzip.empty()) response.headers.add("Vary", "Accept-Encoding");
  add_policy(response.headers, kFilePolicy);
  if (http::is_known_to_client(request, tag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", std::string(media_type_of(asset.name)));
  if (gzip) response.headers.add("Content-Encoding", "gzip");
  response.body = gzip ? asset.gzip : asset.content;
  return response;
}

FirstPage::FirstPage(bool asks_token) : html_(render_page(first_page(asks_token))) {
  // The same in every process of one build, which is all that a tag has to be.
  char digits[24];
  std::snprintf(digits, sizeof(digits), "%016zx", std::hash<std::string>()(html_));
  tag_ = tag_of(digits, "");
}

http::Response FirstPage::reply(const http::Headers& request) const {
  bool known = http::is_known_to_client(request, tag_);
  http::Response response = page_with(known ? 304 : 200, kAskAgain);
  response.headers.add("ETag", tag_);
  if (!known) set_html(response, html_);
  return response;
}

http::Response page_reply(int status, std::string html) {
  http::Response response = page_with(status, "no-store");
  set_html(response, std::move(html));
  return response;
}

}  // namespace playground::app
