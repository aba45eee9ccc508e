#include "app/tokens.h"

#include <utility>

#include "app/api_error.h"
#include "base/text.h"

namespace playground::app {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::string_view kGuarded = "/py/";

// Takes as long for every `given` of one length. (How long the tokens are is no secret.)
bool same(std::string_view token, std::string_view given) {
  unsigned difference = token.size() == given.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference |= static_cast<unsigned char>(token[i % token.size()] ^ given[i]);
  }
  return difference == 0;
}

}  // namespace

bool Tokens::admit(const http::Headers& headers) const {
  if (!demanded()) return true;
  // Two of them leave open which one another server on the way has looked at.
  auto value = headers.get("Authorization");
  if (!value || headers.count("Authorization") != 1) return false;
  if (!equals_ignoring_case(value->substr(0, kScheme.size()), kScheme)) return false;
  std::string_view given = trim(value->substr(kScheme.size()));
  bool admitted = false;
  for (const std::string& token : tokens_) admitted = same(token, given) || admitted;
  return admitted;
}

http::Response unauthorized() {
  auto response =
      to_response({401, "unauthorized", "a valid token is needed: Authorization: Bearer …", ""});
  response.headers.add("WWW-Authenticate", "Bearer");
  return response;
}

void TokenGate::handle(http::Request request, http::Responder responder) {
  if (request.path.starts_with(kGuarded) && !tokens_.admit(request.headers)) {
    answers_.send(responder, routes_.label(request.path), unauthorized());
    return;
  }
  routes_.handle(std::move(request), std::move(responder));
}

}  // namespace playground::app
