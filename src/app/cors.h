// Cors: which pages of other sites may call us from a browser (Fetch Standard, 3.2). In front of a
// role's routes; without origins it changes nothing, and browsers keep other sites' pages off.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/common_routes.h"
#include "http/server.h"

namespace playground::app {

// /python and /py/… answer an admitted origin with the permission to read the reply, errors
// included, and its preflights before anybody asks for a token. Never with credentials: tokens are
// sent by the page's own code, cookies there are none.
class CorsGate final : public http::Handler {
 public:
  // All but `origins` outlive it.
  CorsGate(std::vector<std::string> origins, http::Handler& next, const Routes& routes,
           const Answers& answers);

  void handle(http::Request&& request, http::Responder responder) override;
  void on_exchange(const http::Exchange& exchange) override { next_.on_exchange(exchange); }

 private:
  bool guards(std::string_view path) const;
  bool admits(std::string_view origin) const;
  void answer_preflight(const http::Request& request, http::Responder responder, bool admitted);

  std::vector<std::string> origins_;
  bool any_;
  http::Handler& next_;
  const Routes& routes_;
  const Answers& answers_;
};

}  // namespace playground::app
