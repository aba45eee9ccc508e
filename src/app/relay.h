// Relay: one client's request on its way to a backend, and the reply on its way back. Owned by the
// UiRole, which it asks by `on_done` to be dropped; dropping it closes the connection to the
// backend, which ends the program there.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/common_routes.h"
#include "app/metrics.h"
#include "http/responder.h"
#include "upstream/proxy.h"

namespace playground::app {

class Relay final : private upstream::Proxy::Receiver {
 public:
  // Makes of a whole reply, or of an error, what this client is to see.
  using Present = std::function<http::Response(http::Response)>;

  struct Client {
    http::Responder responder;
    std::string_view route;  // for the metrics; static text
    Present present;         // none: the reply goes on as it is
  };

  // `on_done` comes once, never from within start(). The metrics outlive the Relay.
  Relay(const Answers& answers, Metrics& metrics, Client client, std::function<void()> on_done);

  void start(upstream::Proxy& proxy, upstream::Proxy::Request request);

  // Answers with this instead of what the backend would have said; to be dropped after it.
  void answer(http::Response response);

 private:
  void on_reply(upstream::Proxy::Reply reply) override;
  void on_body(std::string bytes, bool last) override;
  void on_broken(upstream::Failure failure) override;

  void fail(const upstream::Failure& failure);
  void finish(http::Response response);
  void done();

  const Answers& answers_;
  Metrics& metrics_;
  Client client_;
  std::function<void()> on_done_;
  upstream::Proxy::Ticket ticket_;
  std::string backend_;                      // the one that has begun to reply
  std::optional<http::Response> collected_;  // a reply that has to be whole
};

}  // namespace playground::app
