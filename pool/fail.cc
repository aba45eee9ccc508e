#include "pool/fail.h"

#include <unistd.h>

#include "pool/io.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

constexpr int kExitBroken = 70;  // EX_SOFTWARE of sysexits.h

}  // namespace

void fail(const char* step, int error) {
  if (PyErr_Occurred() != nullptr) {
    PyErr_Print();
    error = 0;
  }
  write_line(STDERR_FILENO, "playground worker failed to", step, error);
  ::_exit(kExitBroken);
}

}  // namespace playground::pool
