#include "app/admission.h"

#include <utility>

#include "app/api_error.h"
#include "http/exchange.h"

namespace playground::app {
namespace {

constexpr int kTooManyRequests = 429;

}  // namespace

Admission::Admission(std::vector<std::string> tokens, Trust trust, const RateLimit& limit)
    : tokens_(std::move(tokens)), callers_(tokens_, std::move(trust)) {
  if (limit) limiter_.emplace(limit);
}

// A ui is known to it by its token, and says for whom it asks.
std::unique_ptr<Admission> Admission::of_backend(const Config& config) {
  Trust trust{config.trusted_proxies, true, {}};
  if (!config.own_token.empty()) trust.own_ui = {config.own_token};
  return std::make_unique<Admission>(config.tokens, std::move(trust), config.rate_limit);
}

std::unique_ptr<Admission> Admission::of_ui(const Config& config) {
  return std::make_unique<Admission>(config.ui_tokens, Trust{config.trusted_proxies, false, {}},
                                     config.rate_limit);
}

Result<Caller, http::Response> Admission::admit(const http::Request& request,
                                                http::Responder& responder,
                                                std::string_view token) {
  auto caller = let_in(request, token);
  if (!caller) return caller;
  if (auto refused = over_limit(*caller, responder)) return Unexpected<http::Response>{*refused};
  return caller;
}

Result<Caller, http::Response> Admission::let_in(const http::Request& request,
                                                 std::string_view token) const {
  auto shown = token.empty() ? std::nullopt : tokens_.find(token);
  if (!shown && !tokens_.admit(request.headers)) return Unexpected<http::Response>{unauthorized()};
  return callers_.identify(request, shown);
}

// The fields are those of draft-ietf-httpapi-ratelimit-headers up to its version 6, which clients
// know; later versions have them in one structured field, which few do. Reset is in seconds.
std::optional<http::Response> Admission::over_limit(const Caller& caller,
                                                    http::Responder& responder,
                                                    std::uint64_t programs) {
  if (!limiter_) return std::nullopt;
  auto verdict = limiter_->take(caller.key, Clock::now(), programs);
  if (http::Exchange* exchange = responder.exchange()) {
    http::Headers& fields = exchange->reply_fields;
    fields.add("RateLimit-Limit", std::to_string(verdict.limit));
    fields.add("RateLimit-Remaining", std::to_string(verdict.remaining));
    fields.add("RateLimit-Reset", std::to_string(verdict.reset.count()));
  }
  if (verdict.allowed) return std::nullopt;
  if (programs > verdict.limit) {
    return to_response({400, "out_of_range",
                        "a batch may have at most " + std::to_string(verdict.limit) +
                            " programs (PLAYGROUND_RATE_LIMIT)",
                        ""});
  }
  return not_started("rate_limited",
                     "too many programs in a short time (PLAYGROUND_RATE_LIMIT); try again",
                     verdict.next.count(), kTooManyRequests);
}

}  // namespace playground::app
