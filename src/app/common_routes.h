// The routes that every role has: /healthz, /readyz, /version, /openapi.json.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/metrics.h"
#include "app/routes.h"
#include "http/stream.h"

namespace playground::app {

// Answers and counts: every reply of a role goes through here.
class Answers {
 public:
  Answers(Metrics& metrics, std::string_view role) : metrics_(metrics), role_(role) {}

  void send(http::Responder& responder, std::string_view route, http::Response response) const;
  // The same for a reply of which the body follows; `length` as for Responder::begin().
  http::Stream begin(http::Responder& responder, std::string_view route, http::Response head,
                     std::optional<std::uint64_t> length) const;
  // A reply that went another way; `code` as in an error's body, empty for other replies.
  void count(std::string_view route, int status, std::string_view code) const;

 private:
  void note(const http::Responder& responder, std::string_view route,
            const http::Response& response) const;

  Metrics& metrics_;
  std::string role_;
};

// `not_ready` says why no work would be accepted now; nullopt when it would.
void add_common_routes(Routes& routes, const Answers& answers, std::string_view role,
                       std::function<std::optional<std::string>()> not_ready);

}  // namespace playground::app
