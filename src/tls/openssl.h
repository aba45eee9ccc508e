// Owners of OpenSSL's objects.
#pragma once

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace playground::tls {

template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using Ssl = std::unique_ptr<SSL, FreeWith<&SSL_free>>;
using SslContext = std::unique_ptr<SSL_CTX, FreeWith<&SSL_CTX_free>>;
using SslSession = std::unique_ptr<SSL_SESSION, FreeWith<&SSL_SESSION_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<&X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, FreeWith<&EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, FreeWith<&BIO_free_all>>;

}  // namespace playground::tls
