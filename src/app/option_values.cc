#include "app/option_values.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <utility>

#include "base/text.h"
#include "tls/certificate.h"

namespace playground::app::values {
namespace {

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

Result<bool> parse_where_it_pays(std::string_view value) {
  if (value != "auto" && value != "off") return unexpected("unknown");
  return value == "auto";
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

Result<void> verify_tls_cert(const Config& config) {
  if (config.tls_cert.empty()) return {};
  if (config.tls_key.empty()) return unexpected("PLAYGROUND_TLS_KEY has to be set too");
  auto certificate = tls::read_certificate(config.tls_cert);
  if (!certificate) return Unexpected<Error>{certificate.error()};
  return {};
}

// The certificate has been verified before.
Result<void> verify_tls_key(const Config& config) {
  if (config.tls_key.empty()) return {};
  if (config.tls_cert.empty()) return unexpected("PLAYGROUND_TLS_CERT has to be set too");
  auto certificate = tls::read_certificate(config.tls_cert);
  if (!certificate) return Unexpected<Error>{certificate.error()};
  auto key = tls::read_key(config.tls_key, certificate->get());
  if (!key) return Unexpected<Error>{key.error()};
  return {};
}

Result<void> verify_backend_ca_file(const Config& config) {
  if (config.backend_ca_file.empty()) return {};
  return tls::check_authorities(config.backend_ca_file);
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

Result<void> verify_pool_max(const Config& config) {
  if (config.pool_max >= config.pool_size) return {};
  return unexpected("fewer than PLAYGROUND_POOL_SIZE (" + std::to_string(config.pool_size) +
                    "), which are always kept");
}

Result<void> verify_max_connections(const Config& config) {
  if (config.max_connections >= config.loops) return {};
  return unexpected("fewer than PLAYGROUND_LOOPS (" + std::to_string(config.loops) +
                    "), each of which needs one");
}

}  // namespace playground::app::values
