#include "tls/error_text.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

#include "tls/openssl.h"

namespace playground::tls {
namespace {

// A certificate may be for hundreds of names.
constexpr int kNamesShown = 8;

std::string name_text(const GENERAL_NAME* name) {
  if (name->type == GEN_DNS) {
    const ASN1_IA5STRING* text = name->d.dNSName;
    return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                       static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  if (name->type != GEN_IPADD) return "";
  const ASN1_OCTET_STRING* bytes = name->d.iPAddress;
  char text[INET6_ADDRSTRLEN] = {};
  int family = ASN1_STRING_length(bytes) == 4 ? AF_INET : AF_INET6;
  if (family == AF_INET6 && ASN1_STRING_length(bytes) != 16) return "";
  ::inet_ntop(family, ASN1_STRING_get0_data(bytes), text, sizeof(text));
  return text;
}

std::string names_of(const X509* certificate) {
  using Names = std::unique_ptr<GENERAL_NAMES, FreeWith<&GENERAL_NAMES_free>>;
  Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string list;
  int shown = 0;
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    std::string text = name_text(sk_GENERAL_NAME_value(names.get(), i));
    if (text.empty()) continue;
    if (++shown > kNamesShown) return list + ", …";
    list += (list.empty() ? "" : ", ") + text;
  }
  return list.empty() ? "no name" : list;
}

std::string reason_text(unsigned long error) {
  const char* reason = ERR_reason_error_string(error);
  return reason == nullptr ? "error " + std::to_string(ERR_GET_REASON(error)) : reason;
}

}  // namespace

std::string certificate_error(int code, const X509* certificate, const std::string& wanted) {
  switch (code) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "x509: name mismatch (certificate is for " + names_of(certificate) + "; wanted " +
             wanted + ")";
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "x509: certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "x509: certificate is not yet valid";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "x509: self-signed certificate";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "x509: unknown authority";
    default:
      return std::string("x509: ") + X509_verify_cert_error_string(code);
  }
}

std::string protocol_error() {
  unsigned long error = ERR_peek_error();
  ERR_clear_error();
  int reason = ERR_GET_REASON(error);
  if (ERR_GET_LIB(error) != ERR_LIB_SSL) return "TLS: " + reason_text(error);
  switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
      return "not TLS: the peer answered with plain text";
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
      return "not TLS: the peer sent plain HTTP";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
      return "handshake: the peer has neither TLS 1.2 nor 1.3";
    case SSL_R_NO_SHARED_CIPHER:
      return "handshake: no cipher in common";
    default:
      // Alerts that the peer has sent.
      if (reason >= SSL_AD_REASON_OFFSET) return "refused by the peer: " + reason_text(error);
      return "TLS: " + reason_text(error);
  }
}

std::string library_error() {
  unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  return reason_text(error);
}

}  // namespace playground::tls
