#include "app/backend_values.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/json_string.h"
#include "base/text.h"

namespace playground::app::values {
namespace {

struct Scheme {
  std::string_view prefix;
  std::uint16_t port;  // unless the URL has one
  bool tls;
};
constexpr Scheme kSchemes[] = {{"http://", 80, false}, {"https://", 443, true}};

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint64_t kMaxWeight = 100;

// RFC 1123: letters, digits and hyphens in parts of at most 63; underscores, which name servers
// know too.
bool is_host_name(std::string_view host) {
  if (host.size() > 253 || host.front() == '.' || host.find("..") != std::string_view::npos) {
    return false;
  }
  auto parts = split_list(host, '.');
  return made_of(host, "-_.", true) && std::all_of(parts.begin(), parts.end(), [](auto part) {
           return part.size() <= 63 && part.front() != '-' && part.back() != '-';
         });
}

// HOST or HOST:PORT, an IPv6 address in brackets.
std::optional<Endpoint> parse_endpoint(std::string_view text, std::uint16_t standard_port) {
  bool has_port = text.find(':', text.find(']') + 1) != std::string_view::npos;
  if (text.starts_with('[')) has_port = !text.ends_with(']');
  std::string with_port(text);
  if (!has_port) with_port += ":" + std::to_string(standard_port);
  return Endpoint::parse(with_port);
}

bool is_host(const std::string& host) {
  // Names of digits and dots alone are misspelt addresses.
  bool numbers_only = host.find_first_not_of("0123456789.") == std::string::npos;
  return Endpoint{host, 0}.is_numeric() || (!numbers_only && is_host_name(host));
}

// HOST, HOST:PORT, perhaps with a slash behind it.
Result<Endpoint> parse_authority(std::string_view authority, std::uint16_t standard_port) {
  if (authority.ends_with('/')) authority.remove_suffix(1);
  if (authority.find('@') != std::string_view::npos) {
    return unexpected("a user name in the URL is not supported");
  }
  if (authority.find_first_of("/?") != std::string_view::npos) {
    return unexpected("a path or a query in the URL is not supported");
  }
  auto endpoint = parse_endpoint(authority, standard_port);
  if (!endpoint || endpoint->port == 0) return unexpected("the URL has no valid host and port");
  if (!is_host(endpoint->host)) return unexpected("the URL has no valid host");
  return *endpoint;
}

// An absolute name ends with a dot, but not in a certificate (RFC 6066, 3).
std::string without_last_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return std::string(host);
}

// Without a name.
Result<Backend> parse_url(std::string_view url) {
  const auto* scheme =
      std::find_if(std::begin(kSchemes), std::end(kSchemes),
                   [&](const Scheme& known) { return url.starts_with(known.prefix); });
  if (scheme == std::end(kSchemes)) {
    return unexpected("the URL has to start with http:// or https://");
  }
  url.remove_prefix(scheme->prefix.size());
  std::size_t hash = url.find('#');
  auto endpoint = parse_authority(url.substr(0, hash), scheme->port);
  if (!endpoint) return Unexpected<Error>{endpoint.error()};
  Backend backend{"", *endpoint};
  if (scheme->tls) backend.certificate_name = without_last_dot(endpoint->host);
  if (hash == std::string_view::npos) return backend;
  if (!scheme->tls) return unexpected("a certificate's name (#…) is for https:// only");
  std::string name(url.substr(hash + 1));
  if (!is_host(name)) {
    return unexpected("the certificate's name behind # is neither a host name nor an address");
  }
  backend.certificate_name = without_last_dot(name);
  return backend;
}

// What may follow a URL, each behind a semicolon.
Result<void> set_backend(Backend& backend, std::string_view setting) {
  constexpr std::string_view kWeight = "weight=";
  if (!setting.starts_with(kWeight)) return unexpected("only ;weight=N may follow the URL");
  auto weight = parse_unsigned(setting.substr(kWeight.size()));
  if (!weight || *weight < 1 || *weight > kMaxWeight) {
    return unexpected("the weight has to be a number of 1 to " + std::to_string(kMaxWeight));
  }
  backend.weight = static_cast<unsigned>(*weight);
  return {};
}

Result<Backend> parse_backend(std::string_view part) {
  std::size_t equals = part.find('=');
  if (equals == std::string_view::npos) return unexpected("a name is missing in front of a URL");
  std::string name(trim(part.substr(0, equals)));
  if (!made_of(name, "-", false)) {
    return unexpected("a backend's name has to be of a-z, 0-9 and '-'");
  }
  std::string_view value = part.substr(equals + 1);
  std::size_t semicolon = std::min(value.find(';'), value.size());
  auto backend = parse_url(trim(value.substr(0, semicolon)));
  if (!backend) return unexpected(name + ": " + backend.error().message);
  backend->name = name;
  for (std::string_view setting : split_list(value.substr(semicolon), ';')) {
    if (auto set = set_backend(*backend, setting); !set) {
      return unexpected(name + ": " + set.error().message);
    }
  }
  return backend;
}

Result<Endpoint> parse_name_server(std::string_view part) {
  std::string quoted;
  append_json_string(quoted, part);  // one line, whatever is in it
  auto endpoint = parse_endpoint(part, kDnsPort);
  if (!endpoint || endpoint->port == 0) {
    return unexpected(quoted + ": not an address, or an address and a port");
  }
  if (!endpoint->is_numeric()) {
    return unexpected(quoted + ": the address has to be in numbers");
  }
  return *endpoint;
}

}  // namespace

Result<void> Backends::assign(Config& config, std::string_view value, const Range&) {
  std::vector<Backend> backends;
  for (std::string_view part : split_list(value, ',')) {
    auto backend = parse_backend(part);
    if (!backend) return Unexpected<Error>{backend.error()};
    bool taken = std::any_of(backends.begin(), backends.end(),
                             [&](const Backend& other) { return other.name == backend->name; });
    if (taken) return unexpected(backend->name + ": the name is there twice");
    backends.push_back(std::move(*backend));
  }
  config.backends = std::move(backends);
  return {};
}

std::string Backends::show(const Config& config) {
  std::string text;
  for (const Backend& backend : config.backends) {
    if (!text.empty()) text += ',';
    bool tls = !backend.certificate_name.empty();
    text += backend.name + (tls ? "=https://" : "=http://") + backend.endpoint.text();
    if (tls && backend.certificate_name != without_last_dot(backend.endpoint.host)) {
      text += "#" + backend.certificate_name;
    }
    if (backend.weight != 1) text += ";weight=" + std::to_string(backend.weight);
  }
  return text;
}

Result<void> DnsServers::assign(Config& config, std::string_view value, const Range&) {
  std::string servers;
  for (std::string_view part : split_list(value, ',')) {
    auto server = parse_name_server(part);
    if (!server) return Unexpected<Error>{server.error()};
    if (!servers.empty()) servers += ',';
    servers += server->text();
  }
  config.dns_servers = std::move(servers);
  return {};
}

}  // namespace playground::app::values
