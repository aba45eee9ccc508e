#include "app/secret_values.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/address.h"
#include "base/text.h"
#include "base/unique_fd.h"

namespace playground::app::values {
namespace {

constexpr std::size_t kMaxFileBytes = 64 * 1024;

// RFC 6750, 2.1: b64token.
bool is_token(std::string_view text) {
  auto padding = text.find('=');
  std::string_view body = text.substr(0, padding);
  bool padded = padding == text.npos || text.find_first_not_of('=', padding) == text.npos;
  return padded && !body.empty() && std::all_of(body.begin(), body.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("-._~+/").find(c) != std::string_view::npos;
         });
}

Result<std::string> read_file(const std::string& path) {
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return unexpected(errno_text(errno), errno);
  std::string content(kMaxFileBytes + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    ssize_t got = ::read(file.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unexpected(errno_text(errno), errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMaxFileBytes) return unexpected("the file is larger than 64 KB");
  content.resize(size);
  return content;
}

bool sends_in_the_open(const Backend& backend) {
  bool tls = !backend.certificate_name.empty();
  return !tls && backend.endpoint.is_numeric() && !is_private(backend.endpoint.host);
}

}  // namespace

Result<std::vector<std::string>> parse_tokens(std::string_view text) {
  std::vector<std::string> tokens;
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '\n', ',');
  for (std::string_view token : split_list(spaced, ',')) {
    if (!is_token(token)) {
      return unexpected("token " + std::to_string(tokens.size() + 1) +
                        " has a character that tokens can't have");
    }
    tokens.emplace_back(token);
  }
  return tokens;
}

Result<std::vector<std::string>> read_tokens(const std::string& file) {
  auto content = read_file(file);
  if (!content) return Unexpected<Error>{content.error()};
  auto tokens = parse_tokens(*content);
  if (tokens && tokens->empty()) return unexpected("there is no token in it");
  return tokens;
}

std::string show_tokens(const std::vector<std::string>& tokens) {
  if (tokens.empty()) return "";
  return std::to_string(tokens.size()) + (tokens.size() == 1 ? " token" : " tokens");
}

Result<void> assign_tokens(std::vector<std::string>& tokens, std::size_t most,
                           std::string_view value) {
  auto parsed = parse_tokens(value);
  if (!parsed) return Unexpected<Error>{parsed.error()};
  if (parsed->size() > most) return unexpected("there is more than one token in it");
  tokens = std::move(*parsed);
  return {};
}

Result<void> verify_backends(const Config& config) {
  if (config.backend_token.empty()) return {};
  for (const Backend& backend : config.backends) {
    if (!sends_in_the_open(backend)) continue;
    return unexpected(backend.name +
                      ": PLAYGROUND_BACKEND_TOKEN is not sent over http:// to an address that is "
                      "neither loopback nor private");
  }
  return {};
}

Result<void> verify_own_backend(const Config& config) {
  bool asked = config.backends.empty();  // by the ui of the same process
  bool with_token = !config.tokens.empty() || !config.backend_token.empty();
  const Endpoint& address = config.backend_listen;
  bool in_the_open = config.tls_cert.empty() && address.is_numeric() && !is_private(address.host);
  if (!asked || !with_token || !in_the_open) return {};
  return unexpected(
      "the ui of the same process does not send its token over http:// to an address that is "
      "neither loopback nor private: set PLAYGROUND_TLS_CERT, or PLAYGROUND_BACKENDS");
}

}  // namespace playground::app::values
