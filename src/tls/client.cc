#include "tls/client.h"

#include <openssl/x509v3.h>

#include <utility>

#include "base/check.h"
#include "base/endpoint.h"
#include "tls/error_text.h"

namespace playground::tls {
namespace {

Client::Handshake* handshake_of(SSL* ssl) {
  return static_cast<Client::Handshake*>(SSL_get_app_data(ssl));
}

}  // namespace

Client::Client(const Context& context, std::string name)
    : context_(context), name_(std::move(name)), numeric_(Endpoint{name_, 0}.is_numeric()) {}

Ssl Client::open(Handshake& handshake) {
  Ssl ssl(SSL_new(context_.current().get()));
  PLAYGROUND_CHECK(ssl != nullptr);
  handshake.client = this;
  SSL_set_app_data(ssl.get(), &handshake);
  X509_VERIFY_PARAM* parameters = SSL_get0_param(ssl.get());
  if (numeric_) {
    PLAYGROUND_CHECK(X509_VERIFY_PARAM_set1_ip_asc(parameters, name_.c_str()) == 1);
  } else {
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    PLAYGROUND_CHECK(X509_VERIFY_PARAM_set1_host(parameters, name_.c_str(), name_.size()) == 1);
    // RFC 6066, 3: names only, no addresses.
    PLAYGROUND_CHECK(SSL_set_tlsext_host_name(ssl.get(), name_.c_str()) == 1);
  }
  resume(ssl.get());
  SSL_set_connect_state(ssl.get());
  return ssl;
}

// A ticket of TLS 1.3 is for one use (RFC 8446, C.4): used again it would tie connections together.
void Client::resume(SSL* ssl) {
  if (session_ == nullptr) return;
  SSL_set_session(ssl, session_.get());
  if (SSL_SESSION_get_protocol_version(session_.get()) >= TLS1_3_VERSION) session_.reset();
}

// Returns 1 for taking the session over.
int Client::on_new_session(SSL* ssl, SSL_SESSION* session) {
  handshake_of(ssl)->client->session_.reset(session);
  return 1;
}

int Client::on_verified(int ok, X509_STORE_CTX* store) {
  if (ok == 1) return 1;
  auto* ssl =
      static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  Handshake* handshake = handshake_of(ssl);
  handshake->certificate_error = certificate_error(
      X509_STORE_CTX_get_error(store), X509_STORE_CTX_get0_cert(store), handshake->client->name_);
  return 0;
}

}  // namespace playground::tls
