#include "app/relay.h"

#include <utility>

#include "app/api_error.h"
#include "app/log.h"
#include "app/output_lines.h"
#include "http/form.h"

namespace playground::app {
namespace {

// Of a reply that has to be whole before the client can see anything of it.
constexpr std::size_t kMaxCollectedBytes = std::size_t{64} * 1024 * 1024;

// Of a line that has not ended yet.
constexpr std::size_t kMaxHeldBytes = 64 * 1024;

void name_backend(http::Response& response, const std::string& backend, int retries) {
  response.headers.add("X-Playground-Backend", backend);
  if (retries > 0) response.headers.add("X-Playground-Retries", std::to_string(retries));
}

// Of a backend's reply only what is meant for the caller goes on; the framing is made anew.
http::Response for_client(http::Response response, const std::string& backend, int retries) {
  static constexpr std::string_view kMeant[] = {"Content-Type", "Retry-After", "RateLimit-Limit",
                                                "RateLimit-Remaining", "RateLimit-Reset"};
  response.headers.keep_first(kMeant);
  name_backend(response, backend, retries);
  return response;
}

bool is_stream_of_lines(const http::Response& response) {
  auto type = response.headers.get("Content-Type");
  return type && http::media_type(*type) == kLinesType;
}

http::Response failed(const upstream::Failure& failure, const std::string& backend, int retries) {
  if (failure.kind == upstream::Failure::Kind::busy) {
    return not_started("backends_busy", failure.detail, 1);
  }
  bool late = failure.kind == upstream::Failure::Kind::timeout;
  auto response = to_response({late ? 504 : 502, late ? "backend_timeout" : "backend_unreachable",
                               "backend " + backend + ": " + failure.detail, ""});
  name_backend(response, backend, retries);
  return response;
}

}  // namespace

Relay::Relay(const Answers& answers, Client client, std::function<void()> on_done)
    : answers_(answers), client_(std::move(client)), on_done_(std::move(on_done)) {}

void Relay::start(upstream::Proxy& proxy, upstream::Proxy::Request request) {
  // A client that has gone needs no answer.
  client_.responder.on_gone([this] { done(); });
  Receiver& self = *this;
  ticket_ = proxy.send(std::move(request), self);
}

void Relay::on_reply(upstream::Proxy::Reply reply) {
  backend_ = std::move(reply.backend);
  retries_ = reply.retries;
  if (auto* exchange = client_.responder.exchange()) {
    exchange->backend = backend_;
    exchange->retries = retries_;
  }
  if (!reply.start) {
    log_failure(reply.start.error());
    return fail(reply.start.error());
  }
  if (!reply.start->whole) return begin(std::move(*reply.start));
  finish(for_client(std::move(reply.start->response), backend_, retries_));
}

void Relay::begin(upstream::ReplyStart start) {
  http::Response head = for_client(std::move(start.response), backend_, retries_);
  if (client_.present) {
    collected_ = std::move(head);
    return;
  }
  if (is_stream_of_lines(head)) {
    lines_.emplace(kMaxHeldBytes);
    head.body = lines_->take(head.body);
    start.length.reset();  // there may be a line more
  }
  stream_ = answers_.begin(client_.responder, client_.route, std::move(head), start.length);
  stream_.on_gone([this] { done(); });
  stream_.on_drained([this] { ticket_.resume(); });
}

void Relay::on_body(std::string bytes, bool last) {
  if (collected_) return collect(std::move(bytes), last);
  pass_on(std::move(bytes), last);
}

void Relay::collect(std::string bytes, bool last) {
  collected_->body += bytes;
  if (collected_->body.size() > kMaxCollectedBytes) {
    upstream::Failure failure{upstream::Failure::Kind::invalid,
                              "the reply is too large for a page"};
    log_failure(failure);
    return fail(failure);
  }
  if (!last) return;
  finish(std::move(*collected_));
}

void Relay::pass_on(std::string bytes, bool last) {
  if (lines_) bytes = last ? lines_->take_last(bytes) : lines_->take(bytes);
  if (!last) {
    if (!stream_.write(std::move(bytes))) ticket_.pause();
    return;
  }
  stream_.end(std::move(bytes));
  done();
}

void Relay::on_broken(upstream::Failure failure) {
  log_failure(failure);
  if (!stream_.open()) return fail(failure);
  break_off({502, "backend_lost", "backend " + backend_ + ": " + failure.detail, ""});
  done();
}

// What the client has can't be taken for the whole: a stream of lines says so in its last one, any
// other body is cut off before its end.
void Relay::break_off(const ApiError& why) {
  if (!lines_) {
    stream_ = {};
    return;
  }
  std::string line(lines_->close_line());
  line += to_response(why).body;
  stream_.end(line += '\n', http::Stream::Then::close);
}

void Relay::log_failure(const upstream::Failure& failure) {
  // Under too much load this would be a line for each request: the metrics count it.
  if (failure.kind == upstream::Failure::Kind::busy) return;
  log::warning("backend_failed", {{"backend", backend_},
                                  {"kind", upstream::to_string(failure.kind)},
                                  {"detail", failure.detail}});
}

void Relay::fail(const upstream::Failure& failure) {
  finish(failed(failure, backend_, retries_));
}

void Relay::abandon(const ApiError& why) {
  ticket_ = {};
  if (stream_.open()) return break_off(why);
  http::Response response = to_response(why);
  response.headers.add("Retry-After", "1");
  answer(std::move(response));
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
