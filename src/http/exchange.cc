#include "http/exchange.h"

#include <algorithm>

#include "base/text.h"

namespace playground::http {
namespace {

constexpr std::string_view kRequestId = "X-Request-Id";
constexpr std::size_t kMaxIdLength = 128;
constexpr std::size_t kIdBytes = 16;

}  // namespace

std::string_view to_string(Ending ending) {
  switch (ending) {
    case Ending::complete:
      return "complete";
    case Ending::refused:
      return "refused";
    case Ending::timeout:
      return "timeout";
    case Ending::client_gone:
      return "client_gone";
    case Ending::cut_off:
      break;
  }
  return "cut_off";
}

std::optional<Ending> ending_of(State state, Event event) {
  if (state == State::idle || state == State::lingering || state == State::closed) {
    return std::nullopt;
  }
  switch (event) {
    case Event::sent:
    case Event::sent_last:
    case Event::sent_early:
      return Ending::complete;
    case Event::client_gone:
      return Ending::client_gone;
    case Event::dropped:
      return Ending::cut_off;
    case Event::overdue:
      return Ending::timeout;
    default:
      return std::nullopt;
  }
}

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= kMaxIdLength &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

std::string request_id_of(const Headers& headers) {
  auto sent = headers.get(kRequestId);
  if (sent && is_request_id(*sent) && headers.count(kRequestId) == 1) return std::string(*sent);
  return random_hex(kIdBytes);
}

}  // namespace playground::http
