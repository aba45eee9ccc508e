#include "app/ui_role.h"

#include <utility>

#include "app/api_error.h"
#include "app/assets.h"
#include "app/batch_json.h"
#include "app/listener_limits.h"
#include "app/page.h"
#include "base/check.h"
#include "http/form.h"

namespace playground::app {
namespace {

constexpr const char* kEvalPath = "/py/eval";
constexpr std::string_view kBatchPath = "/py/batch";
constexpr const char* kVersionsPath = "/py/versions";

upstream::Upstream::Options upstream_options(const Config& config) {
  upstream::Upstream::Options options;
  options.connection.connect_timeout = config.connect_timeout;
  options.connection.answer_timeout = config.answer_timeout;
  options.slow_start = config.slow_start;
  options.concurrency = config.backend_concurrency;
  if (!config.backend_token.empty()) options.token = config.backend_token.front();
  return options;
}

// What goes to the backend, which hears of the caller what we know, and nothing that it claims. The
// request's id goes along.
upstream::Proxy::Request evaluation(http::Request& request, std::string body,
                                    http::ShortText accept, const Caller& caller) {
  upstream::Proxy::Request sent;
  sent.path = kEvalPath;
  sent.body = std::move(body);
  sent.accept = std::move(accept);
  sent.id = std::move(request.id);
  sent.client = caller.address;
  if (caller.by_token) sent.caller = caller.key;
  return sent;
}

}  // namespace

Result<std::unique_ptr<UiRole>> UiRole::open(uv::Loop& loop, const Config& config,
                                             std::vector<upstream::Backend> backends,
                                             upstream::SharedState* turns, Metrics& metrics,
                                             Admission& admission, http::Security security,
                                             uv::Listener::Port port) {
  std::unique_ptr<UiRole> role(new UiRole(config, metrics, admission));
  if (!backends.empty()) {
    dns::ResolverOptions resolver;
    resolver.servers = config.dns_servers;
    role->proxy_ =
        std::make_unique<upstream::Proxy>(loop, std::move(backends), upstream_options(config),
                                          role->upstream_log_, std::move(resolver), turns);
    role->checker_ = std::make_unique<upstream::HealthChecker>(loop, role->proxy_->balancer());
  }
  role->spare_memory_.emplace(loop, role->access_log_);
  auto server = http::Server::open(loop, config.ui_listen, listener_limits(config),
                                   *role->spare_memory_, std::move(security), port);
  if (!server) return Unexpected<Error>{server.error()};
  role->server_ = std::move(*server);
  return role;
}

UiRole::UiRole(const Config& config, Metrics& metrics, Admission& admission)
    : answers_(metrics, "ui"),
      admission_(admission),
      cors_(config.cors_origins, routes_, routes_, answers_),
      access_log_(config.access_log, "ui", &admission.callers(), cors_),
      first_page_(admission.tokens().demanded(), config.cors_origins) {
  add_routes();
}

void UiRole::add_routes() {
  routes_.add("POST", "/python", [this](http::Request&& request, http::Responder responder) {
    run_api(std::move(request), std::move(responder));
  });
  routes_.add("POST", "/py/batch", [this](http::Request&& request, http::Responder responder) {
    run_batch(std::move(request), std::move(responder));
  });
  routes_.add("POST", "/", [this](http::Request&& request, http::Responder responder) {
    run_form(std::move(request), std::move(responder));
  });
  routes_.add("GET", "/py/versions", [this](http::Request&& request, http::Responder responder) {
    ask_versions(request, std::move(responder));
  });
  routes_.add("GET", "/", [this](http::Request&& request, http::Responder responder) {
    answers_.send(responder, "/", first_page_.reply(request));
  });
  add_assets();
  add_common_routes(routes_, answers_, "ui", [this] { return not_ready(); });
}

void UiRole::add_assets() {
  for (const Asset& file : assets()) {
    if (!file.name.starts_with("static/")) continue;
    if (file.name == "static/index.html") continue;  // served as the page, filled in
    routes_.add("GET", "/" + std::string(file.name),
                [this, &file](http::Request&& request, http::Responder responder) {
                  answers_.send(responder, "/static", asset_reply(file, request.headers));
                });
  }
}

// JSON goes on as it is: the backend, which may be newer than this ui, judges its fields.
void UiRole::run_api(http::Request request, http::Responder responder) {
  Relay::Client client{std::move(responder), "/python", nullptr};
  auto caller = admission_.admit(request, client.responder);
  if (!caller) return refuse(client, caller.error());
  std::string_view type = http::content_type_of(request);
  http::ShortText accept(request.headers.get("Accept").value_or(""));
  if (http::is_media_type(type, "application/json")) {
    return forward(evaluation(request, std::move(request.body), std::move(accept), *caller),
                   std::move(client));
  }
  if (!is_form(http::media_type(type))) {
    return refuse(
        client, unsupported_media_type("Content-Type must be application/json, "
                                       "application/x-www-form-urlencoded or multipart/form-data"));
  }
  auto program = read_form(request);
  if (!program) return refuse(client, to_response(program.error()));
  forward(evaluation(request, std::move(program->body), std::move(accept), *caller),
          std::move(client));
}

// A batch goes as a whole to the one backend whose turn it is, which knows what it may have at
// once.
void UiRole::run_batch(http::Request request, http::Responder responder) {
  Relay::Client client{std::move(responder), kBatchPath, nullptr};
  auto caller = admission_.let_in(request);
  if (!caller) return refuse(client, caller.error());
  std::string type = http::media_type(http::content_type_of(request));
  auto form = batch_form(type);
  if (!form) return refuse(client, unsupported_media_type(kBatchTypes));
  if (admission_.has_limit()) {
    auto programs = count_batch(request.body, *form);
    auto refused = admission_.over_limit(*caller, client.responder, programs);
    if (refused) return refuse(client, std::move(*refused));
  }
  auto sent = evaluation(request, std::move(request.body), "", *caller);
  sent.path = kBatchPath;
  sent.type = type;
  forward(std::move(sent), std::move(client));
}

// The page's own form, from a browser without JavaScript.
void UiRole::run_form(http::Request request, http::Responder responder) {
  Relay::Client client{std::move(responder), "/", show_in_page(read_fields(request))};
  if (!is_form(http::media_type(http::content_type_of(request)))) {
    return refuse(client, unsupported_media_type("this address takes the page's form"));
  }
  auto program = read_form(request);
  auto caller = admission_.admit(request, client.responder, program ? program->token : "");
  if (!caller) return refuse(client, caller.error());
  if (!program) return refuse(client, to_response(program.error()));
  forward(evaluation(request, std::move(program->body), "", *caller), std::move(client));
}

// What the backend whose turn it is has to say: no program runs, so none is counted.
void UiRole::ask_versions(const http::Request& request, http::Responder responder) {
  Relay::Client client{std::move(responder), kVersionsPath, nullptr};
  if (!admission_.tokens().admit(request.headers)) return refuse(client, unauthorized());
  upstream::Proxy::Request question;
  question.method = "GET";
  question.path = kVersionsPath;
  question.type.clear();
  question.id = request.id;
  forward(std::move(question), std::move(client));
}

Relay::Present UiRole::show_in_page(FormFields fields) const {
  return [fields = std::move(fields), asks = admission_.tokens().demanded()](http::Response reply) {
    std::string_view backend = reply.headers.get("X-Playground-Backend").value_or("");
    PageContent content = page_from_reply(fields, reply.status, reply.body, backend,
                                          reply.headers.get("Retry-After").value_or(""));
    content.asks_token = asks;
    http::Response page = page_reply(reply.status, render_page(content));
    page.error_code = std::move(reply.error_code);
    for (const char* name : {"X-Playground-Backend", "Retry-After", "WWW-Authenticate",
                             "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}) {
      if (auto value = reply.headers.get(name)) page.headers.add(name, std::string(*value));
    }
    return page;
  };
}

void UiRole::forward(upstream::Proxy::Request request, Relay::Client client) {
  if (proxy_ == nullptr) {
    return refuse(client, to_response({502, "no_backend",
                                       "no backend is configured (PLAYGROUND_BACKENDS)", ""}));
  }
  auto place = relays_.insert(relays_.end(), nullptr);
  *place =
      std::make_unique<Relay>(answers_, std::move(client), [this, place] { relays_.erase(place); });
  (*place)->start(*proxy_, std::move(request));
}

void UiRole::refuse(Relay::Client& client, http::Response response) {
  if (client.present) response = client.present(std::move(response));
  answers_.send(client.responder, client.route, std::move(response));
}

std::optional<std::string> UiRole::not_ready() const {
  if (draining_) return "draining";
  if (proxy_ && !proxy_->balancer().checked()) return "the backends are not checked yet";
  return std::nullopt;
}

std::optional<upstream::Proxy::Snapshot> UiRole::upstreams() const {
  if (proxy_ == nullptr) return std::nullopt;
  return proxy_->snapshot();
}

std::vector<std::string> UiRole::backends() const {
  std::vector<std::string> names;
  if (proxy_ == nullptr) return names;
  for (const auto& upstream : proxy_->balancer().upstreams()) {
    names.push_back(upstream->backend().name);
  }
  return names;
}

void UiRole::set_drained(const std::string& backend, bool drained) {
  upstream::Upstream* upstream = proxy_->balancer().find(backend);
  PLAYGROUND_CHECK(upstream != nullptr);
  upstream->set_drained(drained);
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
  while (!relays_.empty()) {
    auto relay = std::move(relays_.front());
    relays_.pop_front();
    relay->abandon({503, "draining", "the server is shutting down", ""});
  }
}

}  // namespace playground::app
