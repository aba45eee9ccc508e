// TlsContexts: what the configuration says of TLS, loaded: for our listeners, and towards backends.
#pragma once

#include <memory>
#include <vector>

#include "app/config.h"
#include "http/server.h"
#include "tls/context.h"
#include "upstream/proxy.h"

namespace playground::app {

class TlsContexts {
 public:
  // Errors: a file can't be used. `config` outlives it.
  static Result<TlsContexts> load(const Config& config);

  // Reads all files again and logs the outcome; a bad one leaves what was there.
  void reload();

  // For the ui's and the backend's listeners: plain when no certificate is configured.
  http::Security listener() const;

  // The configured backends.
  std::vector<upstream::Backend> backends(const Config& config) const;
  // The backend of the same process, at its listener.
  upstream::Backend own_backend(const Endpoint& address) const;

 private:
  std::unique_ptr<tls::Context> server_;      // none without a certificate
  std::unique_ptr<tls::Context> to_own_;      // none without a certificate
  std::unique_ptr<tls::Context> to_backend_;  // none without https:// backends
};

}  // namespace playground::app
