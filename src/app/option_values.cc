#include "app/option_values.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <utility>

#include "base/text.h"

namespace playground::app::values {
namespace {

constexpr std::uint16_t kHttpPort = 80;

constexpr std::array<std::pair<std::string_view, log::Level>, 4> kLevels{{
    {"debug", log::Level::debug},
    {"info", log::Level::info},
    {"warning", log::Level::warning},
    {"error", log::Level::error},
}};

constexpr std::array<std::pair<std::string_view, log::Format>, 2> kFormats{{
    {"json", log::Format::json},
    {"text", log::Format::text},
}};

template <class Names, class Value>
Result<void> assign_word(const Names& names, std::string_view word, Value& value) {
  for (const auto& [name, meaning] : names) {
    if (name != word) continue;
    value = meaning;
    return {};
  }
  return unexpected("unknown");
}

template <class Names, class Value>
std::string word_of(const Names& names, Value value) {
  for (const auto& [name, meaning] : names) {
    if (meaning == value) return std::string(name);
  }
  return "";
}

bool made_of(std::string_view text, std::string_view others, bool upper_case) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (upper_case && c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
  });
}

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

Result<Endpoint> parse_url(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (url.starts_with("https://")) return unexpected("https:// is not supported yet, use http://");
  if (!url.starts_with(kScheme)) return unexpected("the URL has to start with http://");
  std::string_view authority = url.substr(kScheme.size());
  if (authority.ends_with('/')) authority.remove_suffix(1);
  if (authority.find('@') != std::string_view::npos) {
    return unexpected("a user name in the URL is not supported");
  }
  if (authority.find_first_of("/?#") != std::string_view::npos) {
    return unexpected("a path, a query or a fragment in the URL is not supported");
  }
  bool has_port = authority.find(':', authority.find(']') + 1) != std::string_view::npos;
  if (authority.starts_with('[')) has_port = !authority.ends_with(']');
  std::string with_port(authority);
  if (!has_port) with_port += ":" + std::to_string(kHttpPort);
  auto endpoint = Endpoint::parse(with_port);
  if (!endpoint || endpoint->port == 0) return unexpected("the URL has no valid host and port");
  // Names of digits and dots alone are misspelt addresses.
  bool numbers_only = endpoint->host.find_first_not_of("0123456789.") == std::string::npos;
  if (!endpoint->is_numeric() && (numbers_only || !is_host_name(endpoint->host))) {
    return unexpected("the URL has no valid host");
  }
  return *endpoint;
}

Result<Backend> parse_backend(std::string_view part) {
  std::size_t equals = part.find('=');
  if (equals == std::string_view::npos) return unexpected("a name is missing in front of a URL");
  std::string name(trim(part.substr(0, equals)));
  if (!made_of(name, "-", false)) {
    return unexpected("a backend's name has to be of a-z, 0-9 and '-'");
  }
  auto endpoint = parse_url(trim(part.substr(equals + 1)));
  if (!endpoint) return unexpected(name + ": " + endpoint.error().message);
  return Backend{name, *endpoint};
}

}  // namespace

Result<std::uint64_t> parse_number(std::string_view value, const Range& range) {
  auto number = parse_unsigned(value);
  if (!number) {
    bool digits = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    return unexpected(digits ? "out of range" : "not a whole number");
  }
  if (*number < range.least || *number > range.most) return unexpected("out of range");
  return *number;
}

Result<Endpoint> parse_listen(std::string_view value) {
  auto endpoint = Endpoint::parse(value);
  if (!endpoint) return unexpected("not an address and a port");
  if (!endpoint->is_numeric()) return unexpected("the address has to be in numbers");
  return *endpoint;
}

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
    text += backend.name + "=http://" + backend.endpoint.text();
  }
  return text;
}

Result<void> Preload::assign(Config& config, std::string_view value, const Range&) {
  std::string preload;
  for (std::string_view name : split_list(value, ',')) {
    bool dots = name.front() == '.' || name.back() == '.' || name.find("..") != name.npos;
    if (dots || !made_of(name, "_.", true) || std::isdigit(static_cast<unsigned char>(name[0]))) {
      return unexpected("not a module's name");
    }
    if (!preload.empty()) preload += ',';
    preload += name;
  }
  config.preload = std::move(preload);
  return {};
}

Result<protocol::Tier> parse_tier(std::string_view value) {
  using enum protocol::Tier;
  for (protocol::Tier tier : {none, t0, t1, t2}) {
    if (value == protocol::name_of(tier)) return tier;
  }
  return unexpected("unknown");
}

Result<void> LogLevel::assign(Config& config, std::string_view value, const Range&) {
  return assign_word(kLevels, value, config.log_level);
}

std::string LogLevel::show(const Config& config) {
  return word_of(kLevels, config.log_level);
}

Result<void> LogFormat::assign(Config& config, std::string_view value, const Range&) {
  return assign_word(kFormats, value, config.log_format);
}

std::string LogFormat::show(const Config& config) {
  return word_of(kFormats, config.log_format);
}

Result<void> verify_python(const Config& config) {
  struct stat status {};
  if (::stat(config.python.c_str(), &status) != 0) return unexpected(errno_text(errno), errno);
  if (!S_ISREG(status.st_mode)) return unexpected("not a file");
  if (::access(config.python.c_str(), X_OK) != 0) return unexpected("not executable");
  return {};
}

Result<void> verify_scratch_dir(const Config& config) {
  struct stat status {};
  if (::stat(config.scratch_dir.c_str(), &status) != 0) return unexpected(errno_text(errno), errno);
  if (!S_ISDIR(status.st_mode)) return unexpected("not a directory");
  if (::access(config.scratch_dir.c_str(), W_OK | X_OK) != 0) {
    return unexpected(errno_text(errno), errno);
  }
  return {};
}

Result<void> verify_sandbox(const Config& config) {
  if (config.sandbox <= config.sandbox_max) return {};
  return unexpected("more than PLAYGROUND_SANDBOX_MAX, which is " +
                    std::string(protocol::name_of(config.sandbox_max)));
}

}  // namespace playground::app::values
