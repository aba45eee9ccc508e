#include "app/common_routes.h"

#include <utility>

#include "app/api_error.h"
#include "app/asset_reply.h"
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
  note(responder, route, response);
  responder.respond(std::move(response));
}

http::Stream Answers::begin(http::Responder& responder, std::string_view route, http::Response head,
                            std::optional<std::uint64_t> length) const {
  note(responder, route, head);
  return responder.begin(std::move(head), length);
}

void Answers::note(const http::Responder& responder, std::string_view route,
                   const http::Response& response) const {
  count(route, response.status, response.error_code);
  metrics_.observe_request(role_, route, to_ms(responder.age()) / 1000);
}

void Answers::count(std::string_view route, int status, std::string_view code) const {
  metrics_.count_request(role_, route, status);
  if (!code.empty()) metrics_.count_error(role_, code);
}

void add_common_routes(Routes& routes, const Answers& answers, std::string_view role,
                       std::function<std::optional<std::string>()> not_ready) {
  routes.on_unrouted = [&answers](int status, std::string_view code) {
    answers.count("other", status, code);
  };
  routes.add("GET", "/healthz", [&answers](http::Request&&, http::Responder responder) {
    answers.send(responder, "/healthz", status_ok());
  });
  routes.add(
      "GET", "/readyz",
      [&answers, not_ready = std::move(not_ready)](http::Request&&, http::Responder responder) {
        auto reason = not_ready();
        answers.send(responder, "/readyz",
                     reason ? not_started("not_ready", *reason, 1) : status_ok());
      });
  routes.add("GET", "/version",
             [&answers, role = std::string(role)](http::Request&&, http::Responder responder) {
               answers.send(responder, "/version", version_of(role));
             });
  const Asset& document = asset("openapi/" + std::string(role) + ".json");
  routes.add("GET", "/openapi.json",
             [&answers, &document](http::Request&& request, http::Responder responder) {
               answers.send(responder, "/openapi.json", asset_reply(document, request.headers));
             });
}

}  // namespace playground::app
