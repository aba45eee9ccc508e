#include "app/access_log.h"

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/log.h"
#include "base/endpoint.h"

namespace playground::app {
namespace {

// A line has to fit into what a pipe takes at once (log_sink.h), whatever a client sends.
constexpr std::size_t kMaxPath = 512;

// To microseconds: more of a time of milliseconds says nothing.
double rounded(double ms) {
  return std::round(ms * 1000) / 1000;
}

std::string client_of(const http::Exchange& exchange) {
  return exchange.client.empty() ? std::string(host_of(exchange.peer)) : exchange.client;
}

}  // namespace

void AccessLog::handle(http::Request&& request, http::Responder responder) {
  bool known = callers_ == nullptr || !callers_->believes_anybody();  // it is the peer
  if (lines_ != AccessLines::off && !known) {
    if (auto* exchange = responder.exchange()) exchange->client = callers_->address_of(request);
  }
  next_.handle(std::move(request), std::move(responder));
}

void AccessLog::on_exchange(const http::Exchange& exchange) {
  next_.on_exchange(exchange);
  if (lines_ == AccessLines::off) return;
  if (lines_ == AccessLines::errors && !is_trouble(exchange)) return;
  std::string client = client_of(exchange);
  std::vector<log::Field> fields{
      {"role", role_},
      {"client", client},
      {"method", exchange.method},
      {"path", std::string_view(exchange.path).substr(0, kMaxPath)},
      {"status", exchange.status},
      {"bytes", exchange.reply_bytes},
      {"duration_ms", rounded(to_ms(Clock::now() - exchange.begun))},
      {"request_id", exchange.id},
      {"ended", http::to_string(exchange.ending)},
  };
  if (!exchange.backend.empty()) {
    fields.emplace_back("backend", exchange.backend);
    fields.emplace_back("retries", exchange.retries);
  }
  if (exchange.queue_ms) fields.emplace_back("queue_ms", rounded(*exchange.queue_ms));
  if (!exchange.run.empty()) fields.emplace_back("run", exchange.run);
  log::always("access", log::Fields(fields));
}

bool is_trouble(const http::Exchange& exchange) {
  return exchange.status >= 400 || exchange.ending != http::Ending::complete;
}

}  // namespace playground::app
