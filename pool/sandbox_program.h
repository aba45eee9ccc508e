// A system call filter between libseccomp, which compiles it, and the kernel: kept as the
// instructions that it is made of, so that what costs memory happens early and the filter begins
// when it should.
#pragma once

#include <seccomp.h>

#include <cstdint>

#include "pool/io.h"

namespace playground::pool {

// What came of installing a filter.
struct Installed {
  int error = 0;       // errno; then there is no filter
  int tell_error = 0;  // errno why there is no listener
  UniqueFd listener;   // gets a notification of each refused call, which waits for its answer
};

// Keeps what `context` says, and that calls with numbers above `newest` are ENOSYS, which
// libseccomp has no words for. 0, or an errno.
int keep_filter(scmp_filter_ctx context, std::uint32_t newest);

// Installs what was kept, with a listener where that can be had: then calls that the filter answers
// with ERRNO(EPERM), or for which it kills, wait for the listener's word. Else it does what it
// says, and calls that it would trap are EPERM. Allocates nothing.
Installed install_kept_filter();

}  // namespace playground::pool
