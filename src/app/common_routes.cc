#include "app/common_routes.h"

#include <utility>

#include "app/api_error.h"
#include "app/version.h"
#include "base/json_writer.h"

namespace playground::app {
namespace {

http::Response status_ok() {
  JsonWriter json;
  json.begin_object().key("status").string("ok").end_object();
  return http::Response::json(200, json.take());
}

http::Response version_of(std::string_view role) {
  JsonWriter json;
  json.begin_object();
  json.key("name").string("playground").key("version").string(kVersion).key("role").string(role);
  json.end_object();
  return http::Response::json(200, json.take());
}

}  // namespace

void Answers::send(http::Responder& responder, std::string_view route,
                   http::Response response) const {
  count(route, response.status);
  responder.respond(std::move(response));
}

http::Stream Answers::begin(http::Responder& responder, std::string_view route, http::Response head,
                            std::optional<std::uint64_t> length) const {
  count(route, head.status);
  return responder.begin(std::move(head), length);
}

void Answers::count(std::string_view route, int status) const {
  metrics_.count_request(role_, route, status);
}

void add_common_routes(Routes& routes, const Answers& answers, std::string_view role,
                       std::function<std::optional<std::string>()> not_ready) {
  routes.on_unrouted = [&answers](int status) { answers.count("other", status); };
  routes.add("GET", "/healthz", [&answers](http::Request, http::Responder responder) {
    answers.send(responder, "/healthz", status_ok());
  });
  routes.add(
      "GET", "/readyz",
      [&answers, not_ready = std::move(not_ready)](http::Request, http::Responder responder) {
        auto reason = not_ready();
        answers.send(responder, "/readyz",
                     reason ? not_started("not_ready", *reason, 1) : status_ok());
      });
  routes.add("GET", "/version",
             [&answers, role = std::string(role)](http::Request, http::Responder responder) {
               answers.send(responder, "/version", version_of(role));
             });
}

}  // namespace playground::app
