// Broken invariants stop the process, in release builds too: a server that goes on after one of
// these may answer one caller with the output of another.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace playground {

[[noreturn]] inline void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, expression);
  std::abort();
}

}  // namespace playground

#define PLAYGROUND_CHECK(expression) \
  ((expression) ? (void)0 : ::playground::check_failed(#expression, __FILE__, __LINE__))
