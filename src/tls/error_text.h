// What went wrong, named by its kind, in one line for logs and replies.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace playground::tls {

// Why a certificate was refused, by OpenSSL's verification code:
// "x509: name mismatch (certificate is for a.example; wanted b.example)".
std::string certificate_error(int code, const X509* certificate, const std::string& wanted);

// Why OpenSSL gave up, by its oldest queued error; empties the queue.
// "not TLS: the peer answered with plain text", "refused by the peer: …".
std::string protocol_error();

// The last step of OpenSSL's reason in words, as "bad decrypt"; empties the queue.
std::string library_error();

}  // namespace playground::tls
