// Context: what all connections of one kind share: versions, ciphers, and certificates to show or
// to trust. It can be reloaded while connections go on with what they began with. Connections of
// several threads may share it: what they begin with is the same, tickets of sessions included.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "tls/openssl.h"

namespace playground::tls {

class Context {
 public:
  // For listeners. Files: a PEM chain, the server's own certificate first, and its key. Errors name
  // the file: not readable, not PEM, outside its dates, not belonging together.
  static Result<std::unique_ptr<Context>> server(std::string certificate_file,
                                                 std::string key_file);

  // For connections to others, which are verified against the authorities of a PEM file, or against
  // the system's where `ca_file` is empty. Errors: the file can't be used.
  static Result<std::unique_ptr<Context>> client(std::string ca_file);

  // For connections of a process to its own listener, whose certificate is for other names than a
  // loopback address: trusts what `own` shows, and nothing else. `own` outlives it.
  static std::unique_ptr<Context> client_of(const Context& own);

  // Reads the files again; on error everything stays as it was. From one thread at a time.
  Result<void> reload();

  // What a connection begins with now. From any thread.
  SslContext current() const;

 private:
  using Load = std::function<Result<SslContext>()>;
  explicit Context(Load load) : load_(std::move(load)) {}
  static Result<std::unique_ptr<Context>> loaded(Load load);
  static int verify_own(X509_STORE_CTX* store, void* own);

  Load load_;
  mutable std::mutex mutex_;  // for the two below, not for what they refer to
  SslContext context_;
  SslContext previous_;  // shown by handshakes that began before the last reload
};

}  // namespace playground::tls
