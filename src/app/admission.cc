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
  auto shown = token.empty() ? std::nullopt : tokens_.find(token);
  if (!shown && !tokens_.admit(request.headers)) return Unexpected<http::Response>{unauthorized()};
  Caller caller = callers_.identify(request, shown);
  if (auto refused = over_limit(caller, responder)) return Unexpected<http::Response>{*refused};
  return caller;
}

// The fields are those of draft-ietf-httpapi-ratelimit-headers up to its version 6, which clients
// know; later versions have them in one structured field, which few do. Reset is in seconds.
std::optional<http::Response> Admission::over_limit(const Caller& caller,
                                                    http::Responder& responder) {
  if (!limiter_) return std::nullopt;
  auto verdict = limiter_->take(caller.key, Clock::now());
  if (http::Exchange* exchange = responder.exchange()) {
    http::Headers& fields = exchange->reply_fields;
    fields.add("RateLimit-Limit", std::to_string(verdict.limit));
    fields.add("RateLimit-Remaining", std::to_string(verdict.remaining));
    fields.add("RateLimit-Reset", std::to_string(verdict.reset.count()));
  }
  if (verdict.allowed) return std::nullopt;
  return not_started("rate_limited",
                     "too many programs in a short time (PLAYGROUND_RATE_LIMIT); try again",
                     verdict.next.count(), kTooManyRequests);
}

}  // namespace playground::app
