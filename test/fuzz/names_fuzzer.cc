// Endpoints as people write them, addresses in numbers, and when names are looked up again.
#include <chrono>
#include <optional>
#include <string>

#include "base/address.h"
#include "base/check.h"
#include "base/endpoint.h"
#include "dns/address.h"
#include "dns/schedule.h"
#include "fuzzer.h"
#include "input.h"
#include "uv/tcp.h"

namespace playground::fuzz {
namespace {

// The endpoint in a line, the same when it is written and read again.
std::optional<Endpoint> check_endpoint(std::string_view line) {
  auto endpoint = Endpoint::parse(line);
  if (!endpoint) return std::nullopt;
  auto again = Endpoint::parse(endpoint->text());
  PLAYGROUND_CHECK(again && *again == *endpoint);
  PLAYGROUND_CHECK(!endpoint->host.empty());
  return endpoint;
}

std::optional<dns::Address> check_address(const Endpoint& endpoint) {
  auto address = dns::numeric_address(endpoint);
  PLAYGROUND_CHECK(address.has_value() == endpoint.is_numeric());
  PLAYGROUND_CHECK(!endpoint.is_loopback() || endpoint.host == "localhost" ||
                   is_private(endpoint.host));
  if (!address) {
    PLAYGROUND_CHECK(!is_private(endpoint.host));
    return std::nullopt;
  }
  PLAYGROUND_CHECK(is_private(*address) == is_private(endpoint.host));
  auto written = Endpoint::parse(uv::address_text(*address));
  PLAYGROUND_CHECK(written && written->port == endpoint.port);
  auto again = dns::numeric_address(*written);
  PLAYGROUND_CHECK(again && dns::same_address(*address, *again));
  return address;
}

// Two answers of a name server, which may be of the same addresses.
void check_sets(const dns::Addresses& a, const dns::Addresses& b) {
  bool same = dns::same_set(a, b);
  PLAYGROUND_CHECK(dns::same_set(b, a) == same);
  dns::Addresses turned(a.rbegin(), a.rend());
  PLAYGROUND_CHECK(dns::same_set(a, turned) && dns::same_set(turned, b) == same);
  for (const dns::Address& address : a) {
    PLAYGROUND_CHECK(dns::holds(a, address));
    PLAYGROUND_CHECK(!same || dns::holds(b, address));
  }
}

// However the events follow each other: never in a loop, never forgotten.
void check_schedule(std::string_view events) {
  using std::chrono::seconds;
  TimePoint now{};
  TimePoint ended = TimePoint::min();
  dns::Schedule schedule(now);
  for (char event : events) {
    auto code = static_cast<unsigned char>(event);
    TimePoint before = schedule.due();
    switch (code & 3) {
      case 0:
        schedule.answered(now, seconds{(code >> 2) * 10});
        PLAYGROUND_CHECK(schedule.due() <= now + dns::Schedule::kMostTtl);
        ended = now;
        break;
      case 1:
        schedule.failed(now);
        PLAYGROUND_CHECK(schedule.due() <= now + dns::Schedule::kMostBackoff);
        ended = now;
        break;
      case 2:
        schedule.urge(now);
        PLAYGROUND_CHECK(schedule.due() <= before);
        break;
      default:
        now += milliseconds{(code >> 2) * 100};
    }
    bool spaced =
        ended == TimePoint::min() || schedule.due() >= ended + dns::Schedule::kLeastInterval;
    PLAYGROUND_CHECK(spaced);
  }
}

void run(Input input) {
  std::string_view events = input.bytes();
  dns::Addresses answers[2];
  for (std::size_t turn = 0; !input.rest().empty(); ++turn) {
    std::string_view line = input.line();
    // Names come from operators and from name servers as C strings.
    auto endpoint = check_endpoint(line.substr(0, line.find('\0')));
    if (!endpoint) continue;
    auto address = check_address(*endpoint);
    if (address) answers[turn % 2].push_back(*address);
  }
  check_sets(answers[0], answers[1]);
  check_schedule(events);
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
