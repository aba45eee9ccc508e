#include "tls/context.h"

#include <openssl/err.h>

#include <string_view>
#include <utility>

#include "base/check.h"
#include "tls/certificate.h"
#include "tls/client.h"
#include "tls/error_text.h"

namespace playground::tls {
namespace {

// Mozilla's "intermediate" recommendation: forward secrecy and authenticated encryption only.
// TLS 1.3 has no others.
constexpr const char* kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kGroups = "X25519:P-256:P-384";
constexpr long kSessionSeconds = 3600;

// RFC 7301's wire form: a length, then the name.
constexpr std::string_view kAlpn = "\x08http/1.1";

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

SslContext share(const SslContext& context) {
  PLAYGROUND_CHECK(SSL_CTX_up_ref(context.get()) == 1);
  return SslContext(context.get());
}

SslContext common(const SSL_METHOD* method) {
  ERR_clear_error();
  SslContext context(SSL_CTX_new(method));
  PLAYGROUND_CHECK(context != nullptr);
  SSL_CTX* raw = context.get();
  PLAYGROUND_CHECK(SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) == 1);
  PLAYGROUND_CHECK(SSL_CTX_set_cipher_list(raw, kCiphers) == 1);
  PLAYGROUND_CHECK(SSL_CTX_set1_groups_list(raw, kGroups) == 1);
  SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // An idle connection holds no buffers.
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_timeout(raw, kSessionSeconds);
  return context;
}

int select_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  int result = SSL_select_next_proto(&found, size, bytes(kAlpn),
                                     static_cast<unsigned>(kAlpn.size()), offered, offered_size);
  *chosen = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<SslContext> load_server(const std::string& certificate_file, const std::string& key_file) {
  auto certificate = read_certificate(certificate_file);
  if (!certificate) return unexpected(certificate_file + ": " + certificate.error().message);
  auto key = read_key(key_file, certificate->get());
  if (!key) return unexpected(key_file + ": " + key.error().message);
  SslContext context = common(TLS_server_method());
  // Tickets carry what a server would have to keep; their keys live and die with the context.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context.get(), select_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1) {
    return unexpected(certificate_file + ": " + library_error());
  }
  if (SSL_CTX_use_PrivateKey(context.get(), key->get()) != 1) {
    return unexpected(key_file + ": " + library_error());
  }
  return context;
}

SslContext base_client() {
  SslContext context = common(TLS_client_method());
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context.get(), Client::on_new_session);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, Client::on_verified);
  // The one call of OpenSSL's in which 0 is success.
  PLAYGROUND_CHECK(SSL_CTX_set_alpn_protos(context.get(), bytes(kAlpn),
                                           static_cast<unsigned>(kAlpn.size())) == 0);
  return context;
}

Result<SslContext> load_client(const std::string& ca_file) {
  SslContext context = base_client();
  if (ca_file.empty()) {
    SSL_CTX_set_default_verify_paths(context.get());
    return context;
  }
  if (auto checked = check_authorities(ca_file); !checked) {
    return unexpected(ca_file + ": " + checked.error().message);
  }
  if (SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) != 1) {
    return unexpected(ca_file + ": " + library_error());
  }
  return context;
}

}  // namespace

Result<std::unique_ptr<Context>> Context::server(std::string certificate_file,
                                                 std::string key_file) {
  return loaded([certificate_file = std::move(certificate_file), key_file = std::move(key_file)] {
    return load_server(certificate_file, key_file);
  });
}

Result<std::unique_ptr<Context>> Context::client(std::string ca_file) {
  return loaded([ca_file = std::move(ca_file)] { return load_client(ca_file); });
}

std::unique_ptr<Context> Context::client_of(const Context& own) {
  auto context = loaded([&own]() -> Result<SslContext> {
    SslContext client = base_client();
    SSL_CTX_set_cert_verify_callback(client.get(), verify_own, const_cast<Context*>(&own));
    return client;
  });
  PLAYGROUND_CHECK(context.has_value());
  return std::move(*context);
}

Result<std::unique_ptr<Context>> Context::loaded(Load load) {
  std::unique_ptr<Context> context(new Context(std::move(load)));
  if (auto done = context->reload(); !done) return Unexpected<Error>{done.error()};
  return context;
}

Result<void> Context::reload() {
  auto fresh = load_();
  if (!fresh) return Unexpected<Error>{fresh.error()};
  std::lock_guard lock(mutex_);
  previous_ = std::exchange(context_, std::move(*fresh));
  return {};
}

SslContext Context::current() const {
  std::lock_guard lock(mutex_);
  return share(context_);
}

int Context::verify_own(X509_STORE_CTX* store, void* own) {
  const X509* shown = X509_STORE_CTX_get0_cert(store);
  const auto* server = static_cast<const Context*>(own);
  std::lock_guard lock(server->mutex_);
  for (const SslContext* context : {&server->context_, &server->previous_}) {
    if (*context && X509_cmp(SSL_CTX_get0_certificate(context->get()), shown) == 0) return 1;
  }
  X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
  return Client::on_verified(0, store);
}

}  // namespace playground::tls
