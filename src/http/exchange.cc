#include "http/exchange.h"

#include <algorithm>

#include "base/text.h"

namespace playground::http {
namespace {

constexpr std::string_view kRequestId = "X-Request-Id";
constexpr std::size_t kMaxIdLength = 128;
constexpr std::size_t kIdDigits = 32;  // of four bits each

// So many ids are made at once: asking the kernel for each costs more than all the rest.
constexpr std::size_t kIdsAtOnce = 64;

// Valid until the thread's next call.
std::string_view new_id() {
  thread_local std::string digits;
  thread_local std::size_t used = 0;
  if (used == digits.size()) {
    digits = random_hex(kIdsAtOnce * kIdDigits / 2);
    used = 0;
  }
  std::string_view id = std::string_view(digits).substr(used, kIdDigits);
  used += kIdDigits;
  return id;
}

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

void take_request_id(const Headers& headers, std::string& id) {
  auto sent = headers.get(kRequestId);
  bool fits = sent && is_request_id(*sent) && headers.count(kRequestId) == 1;
  id = fits ? *sent : new_id();
}

}  // namespace playground::http
