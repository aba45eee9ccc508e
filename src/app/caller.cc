#include "app/caller.h"

#include <algorithm>

#include "base/endpoint.h"
#include "base/text.h"
#include "http/exchange.h"

namespace playground::app {
namespace {

constexpr std::string_view kForwardedFor = "X-Forwarded-For";
constexpr unsigned kV6HostBits = 64;

// "10.0.0.1", "2001:db8::1"; some proxies add the port: "10.0.0.1:4711", "[2001:db8::1]:4711".
std::optional<IpAddress> parse_hop(std::string_view text) {
  if (auto address = IpAddress::parse(text)) return address;
  auto endpoint = Endpoint::parse(text);
  return endpoint ? IpAddress::parse(endpoint->host) : std::nullopt;
}

std::string key_of(const std::string& host) {
  if (host.find(':') == std::string::npos) return host;
  auto address = IpAddress::parse(host);
  if (!address || address->is_v4()) return address ? address->text() : host;
  return address->prefix(kV6HostBits).text() + "/" + std::to_string(kV6HostBits);
}

// From 1, as an operator counts them.
std::string name_of_token(std::size_t index) {
  return "token-" + std::to_string(index + 1);
}

}  // namespace

Caller Callers::identify(const http::Request& request, std::optional<std::size_t> shown) const {
  Caller caller;
  bool ui = is_ui(request.headers);
  bool told = false;
  caller.address = address_of(request, ui, told);
  auto named = ui ? request.headers.get(kCallerField) : std::nullopt;
  auto token = shown ? shown : tokens_.find(request.headers);
  if (named && http::is_request_id(*named)) {
    caller.key = "ui/" + std::string(*named);
  } else if (token && !(ui && told)) {
    caller.key = name_of_token(*token);
    caller.by_token = true;
  } else {
    caller.key = key_of(caller.address);
  }
  return caller;
}

std::string Callers::address_of(const http::Request& request) const {
  bool told = false;
  return address_of(request, is_ui(request.headers), told);
}

std::string Callers::address_of(const http::Request& request, bool ui, bool& told) const {
  std::string host(host_of(request.peer));
  bool proxied = false;
  if (!trust_.proxies.empty()) {
    auto peer = IpAddress::parse(host);
    proxied = peer && is_proxy(*peer);
  }
  if (!ui && !proxied) return host;
  auto address = forwarded(request.headers);
  told = address.has_value();
  return told ? address->text() : host;
}

bool Callers::is_ui(const http::Headers& headers) const {
  return own_ui_.find(headers) || (trust_.tokens && tokens_.find(headers));
}

// Each proxy adds at the end whom it was asked by. The first one from there that is not a proxy of
// ours is the caller, for what stands before it is hearsay; where all are, it is the farthest.
// Parts that are no addresses ("unknown") tell nothing.
std::optional<IpAddress> Callers::forwarded(const http::Headers& headers) const {
  std::vector<std::string_view> hops;
  for (const http::Header& field : headers) {
    if (!equals_ignoring_case(field.name, kForwardedFor)) continue;
    for (std::string_view hop : split_list(field.value, ',')) hops.push_back(hop);
  }
  std::optional<IpAddress> farthest;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    auto address = parse_hop(*hop);
    if (!address) continue;
    farthest = address;
    if (!is_proxy(*address)) break;
  }
  return farthest;
}

bool Callers::is_proxy(const IpAddress& address) const {
  return std::any_of(trust_.proxies.begin(), trust_.proxies.end(),
                     [&](const IpRange& range) { return range.contains(address); });
}

}  // namespace playground::app
