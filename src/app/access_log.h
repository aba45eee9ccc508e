// AccessLog: a line for each request, by the event `access`. It stands in front of everything that
// a role answers with, and hears from the server how each request ended.
#pragma once

#include <string>
#include <string_view>

#include "app/caller.h"
#include "app/config.h"
#include "http/server.h"

namespace playground::app {

class AccessLog final : public http::Handler {
 public:
  // Both references outlive it. Without `callers` the caller is the connection's peer.
  AccessLog(AccessLines lines, std::string_view role, const Callers* callers, http::Handler& next)
      : lines_(lines), role_(role), callers_(callers), next_(next) {}

  void handle(http::Request&& request, http::Responder responder) override;
  void on_exchange(const http::Exchange& exchange) override;

 private:
  const AccessLines lines_;
  const std::string role_;
  const Callers* callers_;
  http::Handler& next_;
};

// Worth a line even where those of routine are not wanted: refused with 4xx or 5xx, or not answered
// to the end.
bool is_trouble(const http::Exchange& exchange);

}  // namespace playground::app
