// syscall(2) of programs that are built with ThreadSanitizer. libuv closes descriptors by
// syscall(SYS_close) (uv__close_nocancel() in src/unix/core.c), which ThreadSanitizer does not see,
// as it does not see openat(): when one thread's descriptor was closed that way and the next one of
// that number is another thread's, it takes the two for one that both use without synchronisation.
// Here that close is one like any other.
#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdarg>

extern "C" long syscall(long number, ...) noexcept {
  // The kernel takes six at most, and ignores what a call has not.
  long arguments[6];
  va_list rest;
  va_start(rest, number);
  for (long& argument : arguments) argument = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_close) return ::close(static_cast<int>(arguments[0]));
  using Syscall = long (*)(long, ...);
  static const auto original = reinterpret_cast<Syscall>(::dlsym(RTLD_NEXT, "syscall"));
  return original(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                  arguments[5]);
}
