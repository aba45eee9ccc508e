#include "app/cors.h"

#include <algorithm>
#include <utility>

#include "app/api_error.h"
#include "http/exchange.h"

namespace playground::app {
namespace {

constexpr const char* kMethods = "POST";
constexpr const char* kRequestHeaders = "Authorization, Content-Type";
constexpr const char* kReplyHeaders = "Retry-After, X-Playground-Backend, X-Playground-Retries";
constexpr const char* kPreflightSeconds = "600";

bool is_preflight(const http::Request& request) {
  return request.method == "OPTIONS" && request.headers.get("Access-Control-Request-Method");
}

}  // namespace

CorsGate::CorsGate(std::vector<std::string> origins, http::Handler& next, const Routes& routes,
                   const Answers& answers)
    : origins_(std::move(origins)),
      any_(origins_.size() == 1 && origins_.front() == "*"),
      next_(next),
      routes_(routes),
      answers_(answers) {}

void CorsGate::handle(http::Request&& request, http::Responder responder) {
  if (origins_.empty() || !guards(request.path)) {
    next_.handle(std::move(request), std::move(responder));
    return;
  }
  // Told to caches also where no origin was sent: the next one may send it.
  http::Headers granted;
  if (!any_) granted.add("Vary", "Origin");
  auto origin = request.headers.get("Origin");
  bool admitted = origin && admits(*origin);
  if (admitted) {
    granted.add("Access-Control-Allow-Origin", any_ ? "*" : *origin);
    granted.add("Access-Control-Expose-Headers", kReplyHeaders);
  }
  if (auto* exchange = responder.exchange()) {
    for (const http::Header& field : granted) exchange->reply_fields.add(field.name, field.value);
  }
  if (origin && is_preflight(request)) {
    answer_preflight(request, std::move(responder), admitted);
  } else {
    next_.handle(std::move(request), std::move(responder));
  }
}

void CorsGate::answer_preflight(const http::Request& request, http::Responder responder,
                                bool admitted) {
  std::string_view route = routes_.label(request.path);
  if (!admitted) {
    answers_.send(responder, route,
                  to_response({403, "origin_not_allowed",
                               "pages of this origin may not call this server "
                               "(PLAYGROUND_CORS_ORIGINS)",
                               ""}));
    return;
  }
  http::Response response;
  response.status = 204;
  response.headers.add("Access-Control-Allow-Methods", kMethods);
  response.headers.add("Access-Control-Allow-Headers", kRequestHeaders);
  response.headers.add("Access-Control-Max-Age", kPreflightSeconds);
  answers_.send(responder, route, std::move(response));
}

bool CorsGate::guards(std::string_view path) const {
  bool ours = path == "/python" || path.starts_with("/py/");
  return ours && routes_.label(path) == path;
}

bool CorsGate::admits(std::string_view origin) const {
  return any_ || std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

}  // namespace playground::app
