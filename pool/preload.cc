#include "pool/preload.h"

#include <pthread.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pool/free_memory.h"
#include "pool/import_home.h"
#include "pool/library_threads.h"
#include "pool/python.h"
#include "pool/raised.h"

namespace playground::pool {
namespace {

constexpr std::size_t kMostName = 256;

// Appends a line; what doesn't fit is cut. Whatever the arguments hold, it stays one line.
template <std::size_t Size>
__attribute__((format(printf, 2, 3))) void append_line(char (&lines)[Size], const char* format,
                                                       ...) {
  char* const line = lines + std::strlen(lines);
  const std::size_t room = Size - static_cast<std::size_t>(line - lines);
  if (room < 2) return;
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, room - 1, format, arguments);
  va_end(arguments);
  char* const end = line + std::strlen(line);
  std::replace(line, end, '\n', ' ');
  end[0] = '\n';
  end[1] = '\0';
}

// "name: Type: message" for the pending exception, which it clears.
void note_failure(const char* name, protocol::Hello& hello) {
  const Ref raised = take_raised();
  append_line(hello.preload_errors, "%s: %s", name, raised ? PyBytes_AsString(raised.get()) : "?");
}

// The module's own __version__, or that of the package that it is in, in visible ASCII; empty where
// neither is text.
void read_version(const char* name, PyObject* module, char* version, std::size_t size) {
  Ref found(PyObject_GetAttrString(module, "__version__"));
  if (!found) {
    PyErr_Clear();
    char package[kMostName];
    std::snprintf(package, sizeof package, "%.*s", static_cast<int>(std::strcspn(name, ".")), name);
    PyObject* const outer = loaded_module(package);
    if (outer != nullptr) found = Ref(PyObject_GetAttrString(outer, "__version__"));
  }
  const bool text = found && PyUnicode_Check(found.get());
  const Ref bytes(text ? PyUnicode_AsEncodedString(found.get(), "ascii", "replace") : nullptr);
  PyErr_Clear();
  std::snprintf(version, size, "%s", bytes ? PyBytes_AsString(bytes.get()) : "");
  std::replace_if(
      version, version + std::strlen(version), [](char c) { return c <= ' '; }, '?');
}

void note_module(const char* name, PyObject* module, protocol::Hello& hello) {
  char version[64];
  read_version(name, module, version, sizeof version);
  append_line(hello.modules, "%s\t%s", name, version);
}

// Threads that can't be ended are lost in every fork. `before` is how many there were.
void note_threads(const char* name, int& before, protocol::Hello& hello) {
  if (count_threads() > before) end_library_threads();
  const int now = count_threads();
  if (now > before) {
    append_line(hello.preload_warnings, "%s: has started %d thread%s, which no program will have",
                name, now - before, now - before == 1 ? "" : "s");
  }
  before = now;
}

void preload(const char* name, int& threads, protocol::Hello& hello) {
  const Ref module(PyImport_ImportModule(name));
  if (module) {
    note_module(name, module.get(), hello);
  } else {
    note_failure(name, hello);
  }
  note_threads(name, threads, hello);
}

void flush(const char* stream) {
  PyObject* const file = PySys_GetObject(stream);
  if (file == nullptr || file == Py_None) return;
  const Ref done(PyObject_CallMethod(file, "flush", nullptr));
  if (!done) PyErr_Clear();
}

}  // namespace

void import_preloads(const char* names, const char* home, protocol::Hello& hello) {
  constexpr char kSeparators[] = ", \t\n";
  const Ref environment = lend_home(home);
  int threads = count_threads();
  while (*(names += std::strspn(names, kSeparators)) != '\0') {
    char name[kMostName];
    const std::size_t length = std::strcspn(names, kSeparators);
    std::snprintf(name, sizeof name, "%.*s", static_cast<int>(length), names);
    preload(name, threads, hello);
    names += length;
  }
  take_home_back(environment);
}

void flush_streams() {
  flush("stdout");
  flush("stderr");
}

void limit_thread_stacks() {
  constexpr std::size_t kStackBytes = 3 << 20;
  pthread_attr_t attributes;
  if (::pthread_attr_init(&attributes) != 0) return;
  if (::pthread_attr_setstacksize(&attributes, kStackBytes) == 0) {
    ::pthread_setattr_default_np(&attributes);
  }
  ::pthread_attr_destroy(&attributes);
}

void freeze_heap() {
  const Ref gc = import_unseen("gc");
  PyGC_Collect();
  const Ref frozen(gc ? PyObject_CallMethod(gc.get(), "freeze", nullptr) : nullptr);
  PyErr_Clear();
  order_free_memory();
}

}  // namespace playground::pool
