// Certificate: the files that a server shows itself with, checked before they are used.
#pragma once

#include <string>

#include "base/result.h"
#include "tls/openssl.h"

namespace playground::tls {

// The first certificate of a PEM file. Errors: it can't be read, has none in it, or today is not
// within its dates.
Result<Certificate> read_certificate(const std::string& path);

// The private key of a PEM file. Errors: it can't be read, has none in it, needs a passphrase, or
// belongs to another certificate than the one given.
Result<PrivateKey> read_key(const std::string& path, const X509* certificate);

// Whether a file holds certificates of authorities. Errors: it can't be read, or has none in it.
Result<void> check_authorities(const std::string& path);

}  // namespace playground::tls
