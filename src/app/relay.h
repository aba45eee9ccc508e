// Relay: one client's request on its way to a backend, and the reply on its way back: whole, or as
// it comes and as fast as the client takes it. Owned by the UiRole, which it asks by `on_done` to
// be dropped; dropping it closes the connection to the backend, which ends the program there.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/api_error.h"
#include "app/common_routes.h"
#include "app/whole_lines.h"
#include "base/recycled.h"
#include "http/responder.h"
#include "http/stream.h"
#include "upstream/proxy.h"

namespace playground::app {

class Relay final : public Recycled<Relay>, private upstream::Proxy::Receiver {
 public:
  // Makes of a whole reply, or of an error, what this client is to see.
  using Present = std::function<http::Response(http::Response)>;

  struct Client {
    http::Responder responder;
    std::string_view route;  // for the metrics; static text
    Present present;         // none: the reply goes on as it is and as it comes
  };

  // `on_done` comes once, never from within start().
  Relay(const Answers& answers, Client client, std::function<void()> on_done);

  void start(upstream::Proxy& proxy, upstream::Proxy::Request request);

  // Ends it without the backend, which is no longer asked: with a 503, or in the midst of a reply
  // as a backend that is lost would; to be dropped after it.
  void abandon(const ApiError& why);

 private:
  void on_reply(upstream::Proxy::Reply reply) override;
  void on_body(std::string bytes, bool last) override;
  void on_broken(upstream::Failure failure) override;

  void begin(upstream::ReplyStart start);
  void collect(std::string bytes, bool last);
  void pass_on(std::string bytes, bool last);
  void log_failure(const upstream::Failure& failure);
  void fail(const upstream::Failure& failure);
  void finish(http::Response response);
  void answer(http::Response response);
  void break_off(const ApiError& why);
  void done();

  const Answers& answers_;
  Client client_;
  std::function<void()> on_done_;
  upstream::Proxy::Ticket ticket_;
  std::string backend_;                      // the one that has begun to reply
  int retries_ = 0;                          // how often the request was sent again
  std::optional<http::Response> collected_;  // a reply that has to be whole
  http::Stream stream_;                      // one that goes on as it comes
  std::optional<WholeLines> lines_;          // of a stream of lines
};

}  // namespace playground::app
