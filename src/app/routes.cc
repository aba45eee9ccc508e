#include "app/routes.h"

#include <set>
#include <utility>

#include "app/api_error.h"
#include "http/exchange.h"

namespace playground::app {
namespace {

// As Allow has it. HEAD is where GET is, OPTIONS everywhere.
std::string allow_field(const std::set<std::string_view>& methods) {
  std::string list;
  for (std::string_view method : methods) {
    list.append(method).append(method == "GET" ? ", HEAD, " : ", ");
  }
  return list + "OPTIONS";
}

}  // namespace

void Routes::add(std::string_view method, std::string_view path, Route route) {
  paths_[std::string(path)][std::string(method)] = std::move(route);
}

void Routes::handle(http::Request&& request, http::Responder responder) {
  if (request.path == "*") return answer_options(allowed_anywhere(), responder);
  auto path = paths_.find(request.path);
  if (path == paths_.end()) {
    on_unrouted(404, "not_found");
    responder.respond(to_response({404, "not_found", "there is nothing at " + request.path, ""}));
    return;
  }
  const Methods& methods = path->second;
  auto route = methods.find(request.method == "HEAD" ? std::string_view("GET") : request.method);
  if (route != methods.end()) return route->second(std::move(request), std::move(responder));
  std::string allow = allowed(methods);
  if (request.method == "OPTIONS") return answer_options(std::move(allow), responder);
  on_unrouted(405, "method_not_allowed");
  auto response =
      to_response({405, "method_not_allowed",
                   request.method + " is not possible on " + request.path + ", only " + allow, ""});
  response.headers.add("Allow", std::move(allow));
  responder.respond(std::move(response));
}

void Routes::on_exchange(const http::Exchange& exchange) {
  if (!exchange.refusal.empty()) on_unrouted(exchange.status, exchange.refusal);
}

// RFC 9110, 9.3.7: what may be done, and nothing else.
void Routes::answer_options(std::string allow, http::Responder& responder) const {
  on_unrouted(204, "");
  http::Response response;
  response.status = 204;
  response.headers.add("Allow", std::move(allow));
  responder.respond(std::move(response));
}

std::string Routes::allowed(const Methods& methods) {
  std::set<std::string_view> names;
  for (const auto& [method, route] : methods) names.insert(method);
  return allow_field(names);
}

std::string Routes::allowed_anywhere() const {
  std::set<std::string_view> names;
  for (const auto& [path, methods] : paths_) {
    for (const auto& [method, route] : methods) names.insert(method);
  }
  return allow_field(names);
}

std::string_view Routes::label(std::string_view path) const {
  auto known = paths_.find(path);
  return known == paths_.end() ? std::string_view("other") : std::string_view(known->first);
}

}  // namespace playground::app
