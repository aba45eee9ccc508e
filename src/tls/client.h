// Client: what all connections to one server share: the name that its certificate has to be for,
// and the session that the next one may resume. It outlives them.
#pragma once

#include <string>

#include "tls/context.h"

namespace playground::tls {

class Client {
 public:
  // `name`: a host name, which is also sent (SNI), or an address in numbers. `context` outlives it.
  Client(const Context& context, std::string name);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // What one handshake leaves behind.
  struct Handshake {
    Client* client = nullptr;
    std::string certificate_error;  // empty unless the certificate was refused
  };

  // One connection's side. `handshake` outlives it.
  Ssl open(Handshake& handshake);

  // After a handshake that failed: the session may be why.
  void forget_session() { session_.reset(); }

  const std::string& name() const { return name_; }

  // OpenSSL's callbacks.
  static int on_new_session(SSL* ssl, SSL_SESSION* session);
  static int on_verified(int ok, X509_STORE_CTX* store);

 private:
  void resume(SSL* ssl);

  const Context& context_;
  std::string name_;
  bool numeric_;
  SslSession session_;
};

}  // namespace playground::tls
