#include "tls/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "tls/error_text.h"

namespace playground::tls {
namespace {

// Nobody can be asked for a passphrase: without this OpenSSL would ask the terminal.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Result<Bio> open_file(const std::string& path) {
  std::unique_ptr<std::FILE, FreeWith<&std::fclose>> file(std::fopen(path.c_str(), "re"));
  if (file == nullptr) return unexpected(errno_text(errno), errno);
  Bio bio(BIO_new(BIO_s_mem()));
  char buffer[4096];
  while (std::size_t count = std::fread(buffer, 1, sizeof(buffer), file.get())) {
    BIO_write(bio.get(), buffer, static_cast<int>(count));
  }
  if (std::ferror(file.get()) != 0) return unexpected(errno_text(errno), errno);
  ERR_clear_error();
  return bio;
}

std::string date_text(const ASN1_TIME* time) {
  Bio bio(BIO_new(BIO_s_mem()));
  ASN1_TIME_print(bio.get(), time);
  char* text = nullptr;
  long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace

Result<Certificate> read_certificate(const std::string& path) {
  auto file = open_file(path);
  if (!file) return Unexpected<Error>{file.error()};
  Certificate certificate(PEM_read_bio_X509(file->get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (certificate == nullptr) return unexpected("no certificate in PEM form in it");
  const ASN1_TIME* last = X509_get0_notAfter(certificate.get());
  const ASN1_TIME* first = X509_get0_notBefore(certificate.get());
  if (X509_cmp_current_time(last) < 0) {
    return unexpected("the certificate has expired on " + date_text(last));
  }
  if (X509_cmp_current_time(first) > 0) {
    return unexpected("the certificate is not valid before " + date_text(first));
  }
  return certificate;
}

Result<PrivateKey> read_key(const std::string& path, const X509* certificate) {
  auto file = open_file(path);
  if (!file) return Unexpected<Error>{file.error()};
  bool encrypted = false;
  PrivateKey key(PEM_read_bio_PrivateKey(file->get(), nullptr, no_passphrase, &encrypted));
  ERR_clear_error();
  if (encrypted) return unexpected("the key needs a passphrase, and nobody can be asked for it");
  if (key == nullptr) return unexpected("no private key in PEM form in it");
  if (X509_check_private_key(certificate, key.get()) != 1) {
    ERR_clear_error();
    return unexpected("the key belongs to another certificate");
  }
  return key;
}

Result<void> check_authorities(const std::string& path) {
  auto file = open_file(path);
  if (!file) return Unexpected<Error>{file.error()};
  Certificate certificate(PEM_read_bio_X509_AUX(file->get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (certificate == nullptr) return unexpected("no certificate in PEM form in it");
  return {};
}

}  // namespace playground::tls
