#include "tls_identity.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/unique_fd.h"

namespace playground::fuzz {
namespace {

constexpr long kDay = 24 * 60 * 60;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  X509* raw = certificate.get();
  X509_set_version(raw, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(raw), 1);
  X509_gmtime_adj(X509_getm_notBefore(raw), -kDay);
  X509_gmtime_adj(X509_getm_notAfter(raw), kDay);
  X509_set_pubkey(raw, key);
  X509_NAME* name = X509_get_subject_name(raw);
  const auto* text = reinterpret_cast<const unsigned char*>("fuzz.example");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(raw, name);
  PLAYGROUND_CHECK(X509_sign(raw, key, EVP_sha256()) > 0);
  return certificate;
}

// What `write` leaves in a file that has no name; its path is good as long as it is open.
struct MemoryFile {
  UniqueFd fd;
  std::string path;
};

template <class Write>
MemoryFile memory_file(Write write) {
  MemoryFile memory{UniqueFd(::memfd_create("pem", MFD_CLOEXEC)), ""};
  memory.path = "/proc/self/fd/" + std::to_string(memory.fd.get());
  std::FILE* file = std::fopen(memory.path.c_str(), "w");
  PLAYGROUND_CHECK(file != nullptr && write(file) == 1);
  PLAYGROUND_CHECK(std::fclose(file) == 0);
  return memory;
}

}  // namespace

std::unique_ptr<tls::Context> make_server_context() {
  Key key(EVP_EC_gen("P-256"));
  PLAYGROUND_CHECK(key != nullptr);
  Certificate certificate = self_signed(key.get());
  MemoryFile shown =
      memory_file([&](std::FILE* file) { return PEM_write_X509(file, certificate.get()); });
  MemoryFile secret = memory_file([&](std::FILE* file) {
    return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  auto context = tls::Context::server(shown.path, secret.path);
  PLAYGROUND_CHECK(context.has_value());
  return std::move(*context);
}

}  // namespace playground::fuzz
