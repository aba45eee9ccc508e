#include "app/routes.h"

#include <utility>

#include "app/api_error.h"

namespace playground::app {
namespace {

std::string allowed(const std::map<std::string, Routes::Route, std::less<>>& methods) {
  std::string list;
  for (const auto& [method, route] : methods) {
    if (!list.empty()) list += ", ";
    list += method == "GET" ? "GET, HEAD" : method;
  }
  return list;
}

}  // namespace

void Routes::add(std::string_view method, std::string_view path, Route route) {
  paths_[std::string(path)][std::string(method)] = std::move(route);
}

void Routes::handle(http::Request request, http::Responder responder) {
  auto path = paths_.find(request.path);
  if (path == paths_.end()) {
    on_unrouted(404, "not_found");
    responder.respond(to_response({404, "not_found", "there is nothing at " + request.path, ""}));
    return;
  }
  const Methods& methods = path->second;
  auto route = methods.find(request.method == "HEAD" ? std::string_view("GET") : request.method);
  if (route == methods.end()) {
    on_unrouted(405, "method_not_allowed");
    std::string allow = allowed(methods);
    auto response = to_response(
        {405, "method_not_allowed",
         request.method + " is not possible on " + request.path + "; " + allow + " is", ""});
    response.headers.add("Allow", allow);
    responder.respond(std::move(response));
    return;
  }
  route->second(std::move(request), std::move(responder));
}

std::string_view Routes::label(std::string_view path) const {
  auto known = paths_.find(path);
  return known == paths_.end() ? std::string_view("other") : std::string_view(known->first);
}

}  // namespace playground::app
