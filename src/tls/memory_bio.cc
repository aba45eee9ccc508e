#include "tls/memory_bio.h"

#include <openssl/bio.h>

#include <algorithm>

#include "base/check.h"

namespace playground::tls {
namespace {

MemoryBio& memory_of(BIO* bio) {
  return *static_cast<MemoryBio*>(BIO_get_data(bio));
}

int read(BIO* bio, char* to, int size) {
  BIO_clear_retry_flags(bio);
  MemoryBio& memory = memory_of(bio);
  if (memory.input.empty()) {
    BIO_set_retry_read(bio);
    return -1;
  }
  std::size_t count = memory.input.copy(to, static_cast<std::size_t>(size));
  memory.input.remove_prefix(count);
  return static_cast<int>(count);
}

int write(BIO* bio, const char* from, int size) {
  BIO_clear_retry_flags(bio);
  memory_of(bio).output.append(from, static_cast<std::size_t>(size));
  return size;
}

long control(BIO*, int command, long, void*) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* method() {
  static BIO_METHOD* const made = [] {
    BIO_METHOD* fresh = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "loop");
    PLAYGROUND_CHECK(fresh != nullptr);
    BIO_meth_set_read(fresh, read);
    BIO_meth_set_write(fresh, write);
    BIO_meth_set_ctrl(fresh, control);
    return fresh;
  }();
  return made;
}

}  // namespace

void MemoryBio::attach(SSL* ssl) {
  BIO* bio = BIO_new(method());
  PLAYGROUND_CHECK(bio != nullptr);
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl, bio, bio);  // takes the one reference for both
}

}  // namespace playground::tls
