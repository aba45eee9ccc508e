// Routes: which handler answers which method on which path. Paths match whole; HEAD is answered as
// GET.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "http/server.h"

namespace playground::app {

class Routes final : public http::Handler {
 public:
  using Route = std::function<void(http::Request&& request, http::Responder responder)>;

  void add(std::string_view method, std::string_view path, Route route);

  // 404 for an unknown path; 405 with Allow for a known one. OPTIONS is answered here: 204 with
  // Allow, for a path or, as OPTIONS *, for all of them.
  void handle(http::Request&& request, http::Responder responder) override;

  void on_exchange(const http::Exchange& exchange) override;

  // For metrics: the path if it is a known one, so that strangers can't make labels.
  std::string_view label(std::string_view path) const;

  // Told of every request that no route took, by its reply's status and code.
  std::function<void(int status, std::string_view code)> on_unrouted = [](int, std::string_view) {};

 private:
  using Methods = std::map<std::string, Route, std::less<>>;

  void answer_options(std::string allow, http::Responder& responder) const;
  static std::string allowed(const Methods& methods);
  std::string allowed_anywhere() const;

  std::map<std::string, Methods, std::less<>> paths_;
};

}  // namespace playground::app
