// Tokens: who may come in. Bearer tokens (RFC 6750), compared so that the time it takes tells
// nothing about them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/common_routes.h"
#include "http/server.h"

namespace playground::app {

class Tokens {
 public:
  explicit Tokens(std::vector<std::string> tokens) : tokens_(std::move(tokens)) {}

  // Without any, nobody is asked.
  bool demanded() const { return !tokens_.empty(); }
  // Whether the request's Authorization has one of them.
  bool admit(const http::Headers& headers) const { return !demanded() || find(headers); }

  // Which of them it is that a request's Authorization, or a field of a form, has; from 0.
  std::optional<std::size_t> find(const http::Headers& headers) const;
  std::optional<std::size_t> find(std::string_view given) const;

 private:
  std::vector<std::string> tokens_;
};

// 401 with `WWW-Authenticate: Bearer`.
http::Response unauthorized();

// In front of a role's routes: whatever lies under /py/ is for those who have a token.
class TokenGate final : public http::Handler {
 public:
  // All three outlive it.
  TokenGate(const Tokens& tokens, Routes& routes, const Answers& answers)
      : tokens_(tokens), routes_(routes), answers_(answers) {}

  void handle(http::Request&& request, http::Responder responder) override;
  void on_exchange(const http::Exchange& exchange) override { routes_.on_exchange(exchange); }

 private:
  const Tokens& tokens_;
  Routes& routes_;
  const Answers& answers_;
};

}  // namespace playground::app
