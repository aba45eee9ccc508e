#include "app/evaluation_stream.h"

#include <utility>

#include "app/api_error.h"
#include "app/observe_outcome.h"
#include "app/outcome_json.h"
#include "app/refusal_reply.h"
#include "http/exchange.h"

namespace playground::app {
namespace {

constexpr std::string_view kRoute = "/py/eval";

}  // namespace

EvaluationStream::EvaluationStream(const Answers& answers, Metrics& metrics,
                                   http::Responder responder, std::function<void()> on_done)
    : answers_(answers),
      metrics_(metrics),
      responder_(std::move(responder)),
      on_done_(std::move(on_done)) {}

void EvaluationStream::start(exec::Runner& runner, exec::Program program) {
  // A client that has gone needs no answer.
  responder_.on_gone([this] { done(); });
  Reader& self = *this;
  ticket_ = runner.submit(
      std::move(program),
      [this](exec::Runner::Answer answer, double queued_ms) {
        on_answer(std::move(answer), queued_ms);
      },
      &self);
}

// The first time, at the program's start, there is nothing but the head to be sent.
bool EvaluationStream::on_output(exec::StandardStream from, std::string bytes) {
  if (!stream_.open()) begin();
  return stream_.write(lines_.take(from, bytes));
}

void EvaluationStream::begin() {
  stream_ = answers_.begin(responder_, kRoute, head_of_lines(), std::nullopt);
  stream_.on_gone([this] { done(); });
  stream_.on_drained([this] { ticket_.resume(); });
}

void EvaluationStream::on_answer(exec::Runner::Answer answer, double queued_ms) {
  auto* exchange = stream_.open() ? stream_.exchange() : responder_.exchange();
  if (exchange != nullptr) {
    exchange->queue_ms = queued_ms;
    exchange->run = answer ? exec::to_string(answer->status) : exec::to_string(answer.error());
  }
  if (answer) {
    end(std::move(*answer), queued_ms);
  } else {
    break_off(answer.error());
  }
  done();
}

void EvaluationStream::end(exec::Outcome outcome, double queued_ms) {
  observe_outcome(metrics_, outcome, queued_ms, to_ms(responder_.age()));
  if (!stream_.open()) begin();
  std::string text = lines_.take(exec::StandardStream::out, outcome.out);
  text += lines_.take(exec::StandardStream::err, outcome.err);
  text += lines_.take_rest();
  JsonWriter json;
  json.begin_object();
  write_fields(json, outcome);
  json.end_object();
  stream_.end(text += json.take() += '\n');
}

// What has begun can't become a 503.
void EvaluationStream::break_off(exec::Refusal refusal) {
  if (!stream_.open()) return answers_.send(responder_, kRoute, to_response(refusal));
  stream_.end(to_response(error_of(refusal)).body += '\n', http::Stream::Then::close);
}

// Drops this object, and the callback with it.
void EvaluationStream::done() {
  auto on_done = std::move(on_done_);
  on_done();
}

}  // namespace playground::app
