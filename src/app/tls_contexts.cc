#include "app/tls_contexts.h"

#include <algorithm>
#include <utility>

#include "app/log.h"

namespace playground::app {
namespace {

// Anybody on the internet can make these: they are for who looks for them.
void log_failed_handshake(const std::string& peer, const std::string& why) {
  log::debug("handshake_failed", {{"peer", peer}, {"detail", why}});
}

void reload_one(tls::Context* context, std::string_view what) {
  if (context == nullptr) return;
  if (auto done = context->reload(); !done) {
    log::warning("tls_not_reloaded", {{"what", what}, {"detail", done.error().message}});
  } else {
    log::info("tls_reloaded", {{"what", what}});
  }
}

}  // namespace

Result<TlsContexts> TlsContexts::load(const Config& config) {
  TlsContexts contexts;
  if (!config.tls_cert.empty()) {
    auto server = tls::Context::server(config.tls_cert, config.tls_key);
    if (!server) return Unexpected<Error>{server.error()};
    contexts.server_ = std::move(*server);
    contexts.to_own_ = tls::Context::client_of(*contexts.server_);
  }
  bool https =
      std::any_of(config.backends.begin(), config.backends.end(),
                  [](const Backend& backend) { return !backend.certificate_name.empty(); });
  if (https) {
    auto client = tls::Context::client(config.backend_ca_file);
    if (!client) return Unexpected<Error>{client.error()};
    contexts.to_backend_ = std::move(*client);
  }
  return contexts;
}

void TlsContexts::reload() {
  reload_one(server_.get(), "certificate");
  reload_one(to_backend_.get(), "authorities");
}

http::Security TlsContexts::listener() const {
  return {server_.get(), log_failed_handshake};
}

std::vector<upstream::Backend> TlsContexts::backends(const Config& config) const {
  std::vector<upstream::Backend> backends;
  for (const Backend& backend : config.backends) {
    upstream::Backend& added = backends.emplace_back();
    added.name = backend.name;
    added.endpoint = backend.endpoint;
    added.weight = backend.weight;
    if (backend.certificate_name.empty()) continue;
    added.tls = std::make_shared<tls::Client>(*to_backend_, backend.certificate_name);
  }
  return backends;
}

upstream::Backend TlsContexts::own_backend(const Endpoint& address) const {
  upstream::Backend backend{"local", address};
  if (to_own_) backend.tls = std::make_shared<tls::Client>(*to_own_, address.host);
  return backend;
}

}  // namespace playground::app
