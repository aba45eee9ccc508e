#include "app/relay.h"

#include <utility>

#include "app/api_error.h"
#include "app/log.h"

namespace playground::app {
namespace {

// Of a reply that has to be whole before the client can see anything of it.
constexpr std::size_t kMaxCollectedBytes = std::size_t{64} * 1024 * 1024;

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

Relay::Relay(const Answers& answers, Metrics& metrics, Client client, std::function<void()> on_done)
    : answers_(answers),
      metrics_(metrics),
      client_(std::move(client)),
      on_done_(std::move(on_done)) {}

void Relay::start(upstream::Proxy& proxy, upstream::Proxy::Request request) {
  // A client that has gone needs no answer.
  client_.responder.on_gone([this] { done(); });
  Receiver& self = *this;
  ticket_ = proxy.send(std::move(request), self);
}

void Relay::on_reply(upstream::Proxy::Reply reply) {
  backend_ = std::move(reply.backend);
  if (!reply.start) return fail(reply.start.error());
  http::Response response = pass_on(std::move(reply.start->response), backend_);
  if (!reply.start->whole) {
    collected_ = std::move(response);
    return;
  }
  metrics_.count_upstream(backend_, "answered");
  finish(std::move(response));
}

void Relay::on_body(std::string bytes, bool last) {
  collected_->body += bytes;
  if (collected_->body.size() > kMaxCollectedBytes) {
    return fail({upstream::Failure::Kind::invalid, "the reply is too large for a page"});
  }
  if (!last) return;
  metrics_.count_upstream(backend_, "answered");
  finish(std::move(*collected_));
}

void Relay::on_broken(upstream::Failure failure) {
  fail(failure);
}

void Relay::fail(const upstream::Failure& failure) {
  metrics_.count_upstream(backend_, upstream::to_string(failure.kind));
  log::warning("backend_failed", {{"backend", backend_},
                                  {"kind", upstream::to_string(failure.kind)},
                                  {"detail", failure.detail}});
  finish(failed(failure, backend_));
}

void Relay::finish(http::Response response) {
  answer(std::move(response));
  done();
}

// Drops this object, and the callback with it.
void Relay::done() {
  auto on_done = std::move(on_done_);
  on_done();
}

void Relay::answer(http::Response response) {
  if (client_.present) response = client_.present(std::move(response));
  answers_.send(client_.responder, client_.route, std::move(response));
}

}  // namespace playground::app
