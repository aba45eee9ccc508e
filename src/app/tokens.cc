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

std::optional<std::size_t> Tokens::find(const http::Headers& headers) const {
  // Two of them leave open which one another server on the way has looked at.
  auto value = headers.get("Authorization");
  if (!value || headers.count("Authorization") != 1) return std::nullopt;
  if (!equals_ignoring_case(value->substr(0, kScheme.size()), kScheme)) return std::nullopt;
  return find(trim(value->substr(kScheme.size())));
}

// All are compared, whichever it is.
std::optional<std::size_t> Tokens::find(std::string_view given) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (same(tokens_[i], given)) found = i;
  }
  return found;
}

http::Response unauthorized() {
  auto response =
      to_response({401, "unauthorized", "a valid token is needed: Authorization: Bearer …", ""});
  response.headers.add("WWW-Authenticate", "Bearer");
  return response;
}

void TokenGate::handle(http::Request&& request, http::Responder responder) {
  if (request.path.starts_with(kGuarded) && !tokens_.admit(request.headers)) {
    answers_.send(responder, routes_.label(request.path), unauthorized());
    return;
  }
  routes_.handle(std::move(request), std::move(responder));
}

}  // namespace playground::app
