#include "pool/preload.h"

#include <malloc.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pool/import_home.h"
#include "pool/python.h"

namespace playground::pool {
namespace {

// Appends "name: Type: message\n" for the pending exception, which it clears.
void append_error(const char* name, char* errors, std::size_t size) {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  const Ref owned_type(type), owned_value(value), owned_traceback(traceback);
  const Ref type_name(type != nullptr ? PyObject_GetAttrString(type, "__name__") : nullptr);
  const Ref text(value != nullptr ? PyObject_Str(value) : nullptr);
  const Ref line(PyUnicode_FromFormat("%s: %V: %V", name, type_name.get(), "?", text.get(), "?"));
  const Ref bytes(line ? PyUnicode_AsEncodedString(line.get(), "utf-8", "replace") : nullptr);
  PyErr_Clear();
  const char* const message = bytes ? PyBytes_AsString(bytes.get()) : name;
  const std::size_t used = std::strlen(errors);
  std::snprintf(errors + used, size - used, "%s\n", message);
  // One error is one line, whatever its message holds.
  const std::size_t end = std::strlen(errors);
  if (end > used) std::replace(errors + used, errors + end - 1, '\n', ' ');
}

void flush(const char* stream) {
  PyObject* const file = PySys_GetObject(stream);
  if (file == nullptr || file == Py_None) return;
  const Ref done(PyObject_CallMethod(file, "flush", nullptr));
  if (!done) PyErr_Clear();
}

// The C library joins the pieces that imports have freed, and sorts them by size, when it is next
// asked for something large. Every worker would do that, in a thousand pages of its own.
void tidy_free_memory() {
  ::malloc_trim(0);
  constexpr std::size_t kLarge = 100'000;  // but not as large as to be mapped by itself
  void* volatile piece = ::malloc(kLarge);
  ::free(piece);
}

}  // namespace

void import_preloads(const char* names, const char* home, char* errors, std::size_t size) {
  constexpr char kSeparators[] = ", \t\n";
  const Ref environment = lend_home(home);
  while (*(names += std::strspn(names, kSeparators)) != '\0') {
    char name[256];
    const std::size_t length = std::strcspn(names, kSeparators);
    std::snprintf(name, sizeof name, "%.*s", static_cast<int>(length), names);
    const Ref module(PyImport_ImportModule(name));
    if (!module) append_error(name, errors, size);
    names += length;
  }
  take_home_back(environment);
}

void quiet_threads() {
  flush("stdout");
  flush("stderr");
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  while (child > 0 && ::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
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
  PyObject* const modules = PyImport_GetModuleDict();
  const bool was_loaded = PyDict_GetItemString(modules, "gc") != nullptr;
  const Ref gc(PyImport_ImportModule("gc"));
  if (!was_loaded && gc) PyDict_DelItemString(modules, "gc");
  PyGC_Collect();
  const Ref frozen(gc ? PyObject_CallMethod(gc.get(), "freeze", nullptr) : nullptr);
  PyErr_Clear();
  tidy_free_memory();
}

}  // namespace playground::pool
