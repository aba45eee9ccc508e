#include "app/ui_role.h"

#include <utility>

#include "app/api_error.h"
#include "app/assets.h"
#include "app/form_program.h"
#include "app/log.h"
#include "app/page.h"
#include "http/form.h"

namespace playground::app {
namespace {

http::Response html(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body = std::move(body);
  return response;
}

// Of a backend's reply only what is meant for the caller goes on; the framing is made anew.
http::Response pass_on(http::Response from, const std::string& backend) {
  http::Response response;
  response.status = from.status;
  for (const char* name : {"Content-Type", "Retry-After"}) {
    if (auto value = from.headers.get(name)) response.headers.add(name, std::string(*value));
  }
  response.headers.add("X-Playground-Backend", backend);
  response.body = std::move(from.body);
  return response;
}

http::Response failed(const upstream::Failure& failure, const std::string& backend) {
  bool late = failure.kind == upstream::Failure::Kind::timeout;
  auto response = to_response({late ? 504 : 502, late ? "backend_timeout" : "backend_unreachable",
                               "backend " + backend + ": " + failure.detail, ""});
  response.headers.add("X-Playground-Backend", backend);
  return response;
}

}  // namespace

Result<std::unique_ptr<UiRole>> UiRole::open(uv::Loop& loop, const Config& config,
                                             std::vector<upstream::Backend> backends,
                                             Metrics& metrics) {
  std::unique_ptr<UiRole> role(new UiRole(metrics));
  if (!backends.empty()) {
    upstream::Connection::Options options;
    options.connect_timeout = config.connect_timeout;
    options.answer_timeout = config.answer_timeout;
    upstream::Proxy::Names names;
    names.resolver.servers = config.dns_servers;
    names.on_failure = [](const std::string& backend, const Error& error) {
      log::warning("resolve_failed", {{"backend", backend}, {"detail", error.message}});
    };
    role->proxy_ =
        std::make_unique<upstream::Proxy>(loop, std::move(backends), options, std::move(names));
  }
  http::Limits limits;
  limits.max_body_bytes = config.max_body_bytes;
  limits.max_connections = config.max_connections;
  auto server = http::Server::open(loop, config.ui_listen, limits, role->routes_);
  if (!server) return Unexpected<Error>{server.error()};
  role->server_ = std::move(*server);
  return role;
}

UiRole::UiRole(Metrics& metrics) : metrics_(metrics), answers_(metrics, "ui") {
  add_routes();
}

void UiRole::add_routes() {
  routes_.add("POST", "/python", [this](http::Request request, http::Responder responder) {
    run_api(std::move(request), std::move(responder));
  });
  routes_.add("POST", "/", [this](http::Request request, http::Responder responder) {
    run_form(std::move(request), std::move(responder));
  });
  routes_.add("GET", "/", [this](http::Request, http::Responder responder) {
    answers_.send(responder, "/", html(200, render_page(first_page())));
  });
  add_assets();
  add_common_routes(routes_, answers_, "ui", [this] { return not_ready(); });
}

void UiRole::add_assets() {
  for (const Asset& file : assets()) {
    if (file.name == "index.html") continue;  // served as the page, filled in
    routes_.add("GET", "/static/" + std::string(file.name),
                [this, file](http::Request, http::Responder responder) {
                  http::Response response;
                  response.headers.add("Content-Type", std::string(media_type_of(file.name)));
                  response.headers.add("Cache-Control", "no-cache");
                  response.body = file.content;
                  answers_.send(responder, "/static", std::move(response));
                });
  }
}

// JSON goes on as it is: the backend, which may be newer than this ui, judges its fields.
void UiRole::run_api(http::Request request, http::Responder responder) {
  std::string type = http::media_type(request.headers.get("Content-Type").value_or(""));
  Run run{std::move(responder), {}, false, ""};
  if (type == "application/json") {
    forward(std::move(request.body), std::move(run));
    return;
  }
  if (!is_form(type)) {
    answer(run,
           to_response({415, "unsupported_media_type",
                        "Content-Type must be application/json, application/x-www-form-urlencoded "
                        "or multipart/form-data",
                        ""}));
    return;
  }
  auto program = read_form(request);
  if (!program) {
    answer(run, to_response(program.error()));
    return;
  }
  forward(std::move(program->body), std::move(run));
}

// The page's own form, from a browser without JavaScript.
void UiRole::run_form(http::Request request, http::Responder responder) {
  Run run{std::move(responder), {}, true, ""};
  if (!is_form(http::media_type(request.headers.get("Content-Type").value_or("")))) {
    answer(run,
           to_response({415, "unsupported_media_type", "this address takes the page's form", ""}));
    return;
  }
  auto program = read_form(request);
  if (!program) {
    answer(run, to_response(program.error()));
    return;
  }
  run.code = std::move(program->code);
  forward(std::move(program->body), std::move(run));
}

void UiRole::forward(std::string body, Run run) {
  if (proxy_ == nullptr) {
    answer(run,
           to_response({502, "no_backend", "no backend is configured (PLAYGROUND_BACKENDS)", ""}));
    return;
  }
  auto kept = runs_.insert(runs_.end(), std::move(run));
  // A client that has gone needs no answer: dropping the ticket closes the connection to the
  // backend, which ends the program there.
  kept->responder.on_gone([this, kept] { runs_.erase(kept); });
  kept->ticket =
      proxy_->send({"/py/eval", std::move(body)}, [this, kept](upstream::Proxy::Reply reply) {
        Run done = std::move(*kept);
        runs_.erase(kept);
        finish(std::move(done), std::move(reply));
      });
}

void UiRole::finish(Run run, upstream::Proxy::Reply reply) {
  if (reply.response) {
    metrics_.count_upstream(reply.backend, "answered");
    answer(run, pass_on(std::move(*reply.response), reply.backend));
    return;
  }
  const upstream::Failure& failure = reply.response.error();
  metrics_.count_upstream(reply.backend, upstream::to_string(failure.kind));
  log::warning("backend_failed", {{"backend", reply.backend},
                                  {"kind", upstream::to_string(failure.kind)},
                                  {"detail", failure.detail}});
  answer(run, failed(failure, reply.backend));
}

// The API gets JSON; the form gets the page with the same in it.
void UiRole::answer(Run& run, http::Response response) {
  if (!run.page) {
    answers_.send(run.responder, "/python", std::move(response));
    return;
  }
  PageContent content = page_from_reply(std::move(run.code), response.status, response.body,
                                        response.headers.get("X-Playground-Backend").value_or(""));
  http::Response page = html(response.status, render_page(content));
  for (const char* name : {"X-Playground-Backend", "Retry-After"}) {
    if (auto value = response.headers.get(name)) page.headers.add(name, std::string(*value));
  }
  answers_.send(run.responder, "/", std::move(page));
}

std::optional<std::string> UiRole::not_ready() const {
  return draining_ ? std::optional<std::string>("draining") : std::nullopt;
}

std::vector<upstream::Proxy::BackendState> UiRole::backends() const {
  return proxy_ ? proxy_->state() : std::vector<upstream::Proxy::BackendState>{};
}

void UiRole::announce_close() {
  draining_ = true;
  server_->announce_close();
}

void UiRole::close_when_idle(std::function<void()> on_empty) {
  draining_ = true;
  server_->close_when_idle(std::move(on_empty));
}

void UiRole::abandon() {
  while (!runs_.empty()) {
    Run run = std::move(runs_.front());
    runs_.pop_front();
    run.ticket = {};
    auto response = to_response({503, "draining", "the server is shutting down", ""});
    response.headers.add("Retry-After", "1");
    answer(run, std::move(response));
  }
}

}  // namespace playground::app
