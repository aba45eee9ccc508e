// A module is handed over only where the interpreter would have found the same one: nothing that it
// asks for a module is other than it was in the zygote, and in the program's folder nothing has the
// name of one. Otherwise the interpreter is left to import it, as those that are not kept.
#include "pool/kept_modules.h"

#include <dirent.h>
#include <limits.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "pool/kept_modules_source.h"
#include "pool/memory_apart.h"
#include "pool/python.h"
#include "pool/raised.h"
#include "pool/surroundings.h"
#include "pool/uncollected.h"

namespace playground::pool {
namespace {

constexpr char kHook[] = "_find_and_load";

// What keep_modules() of kept_modules.py returns of a module.
enum Part : Py_ssize_t { kModule, kImports, kSettings, kCalls };

struct Kept {
  PyObject* modules = nullptr;  // by name, what keep_modules() returns
  PyObject* given = nullptr;    // the names of those that the program has had
  PyObject* hook = nullptr;     // the import system's own
  PyObject* path = nullptr;     // copies of the lists in sys
  PyObject* finders = nullptr;
  PyObject* path_hooks = nullptr;
  PyObject* import_function = nullptr;  // __import__ of the builtins
};
Kept g_kept;
Py_ssize_t g_own_finders = 0;
bool g_forbidden = false;

// Borrowed.
PyObject* part_of(PyObject* name, Part part) {
  return PyTuple_GetItem(PyDict_GetItem(g_kept.modules, name), part);
}

// Whether the list in sys has these entries from `from` on.
bool has_entries(const char* name, PyObject* entries, Py_ssize_t from) {
  PyObject* const list = PySys_GetObject(name);
  const Py_ssize_t count = PyList_Size(entries);
  if (list == nullptr || !PyList_CheckExact(list) || PyList_Size(list) < from + count) return false;
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (PyList_GetItem(list, from + i) != PyList_GetItem(entries, i)) return false;
  }
  return true;
}

// The look for a module begins in the program's folder. What comes after the standard library may
// have changed.
bool path_is_as_noted(const char* folder) {
  if (!has_entries("path", g_kept.path, 1)) return false;
  PyObject* const first = PyList_GetItem(PySys_GetObject("path"), 0);
  const Ref bytes(PyUnicode_Check(first) ? PyUnicode_EncodeFSDefault(first) : nullptr);
  PyErr_Clear();
  return bytes && std::strcmp(PyBytes_AsString(bytes.get()), folder) == 0;
}

bool finders_are_as_noted() {
  const Py_ssize_t count = PyList_Size(g_kept.finders);
  PyObject* const now = PySys_GetObject("meta_path");
  const Py_ssize_t more = now != nullptr && PyList_CheckExact(now) ? PyList_Size(now) - count : -1;
  return more >= 0 && more <= g_own_finders && has_entries("meta_path", g_kept.finders, more) &&
         has_entries("path_hooks", g_kept.path_hooks, 0);
}

// Whether a file or folder of the program's could be taken for one of the modules, or for a package
// that one is in.
bool hides_any(const char* folder) {
  DIR* const stream = ::opendir(folder);
  if (stream == nullptr) return true;
  bool hides = false;
  while (const dirent* const entry = ::readdir(stream)) {
    char name[sizeof entry->d_name];
    std::snprintf(name, sizeof name, "%.*s", static_cast<int>(std::strcspn(entry->d_name, ".")),
                  entry->d_name);
    hides = hides || PyDict_GetItemString(g_kept.modules, name) != nullptr;
  }
  ::closedir(stream);
  return hides;
}

// A program may have its own, which wants to see what each module imports.
bool imports_are_as_noted() {
  return PyDict_GetItemString(PyEval_GetBuiltins(), "__import__") == g_kept.import_function;
}

// It would see that modules are not executed.
bool is_traced() {
  for (const char* getter : {"gettrace", "getprofile"}) {
    PyObject* const function = PySys_GetObject(getter);
    const Ref set(function != nullptr ? PyObject_CallObject(function, nullptr) : nullptr);
    if (set.get() != Py_None) return true;
  }
  return false;
}

bool would_be_found() {
  char folder[PATH_MAX];
  const char* const path = main_path();
  const char* const slash = std::strrchr(path, '/');
  if (slash == nullptr) return false;
  std::snprintf(folder, sizeof folder, "%.*s", static_cast<int>(slash - path), path);
  return !is_traced() && imports_are_as_noted() && finders_are_as_noted() &&
         path_is_as_noted(folder) && !hides_any(folder);
}

// A program that has removed it from sys.modules wants it anew.
bool was_given(PyObject* name) {
  return PySet_Contains(g_kept.given, name) != 0;
}

// Whether each module that it brings has not come yet, or is there and the kept one.
bool fits(PyObject* imports) {
  PyObject* const modules = PyImport_GetModuleDict();
  const Py_ssize_t count = PyTuple_Size(imports);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* const name = PyTuple_GetItem(imports, i);
    PyObject* const there = PyDict_GetItem(modules, name);
    const bool ours = there != nullptr ? there == part_of(name, kModule) : !was_given(name);
    if (!ours) return false;
  }
  return true;
}

bool make_settings(PyObject* settings) {
  const Py_ssize_t count = PyTuple_Size(settings);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* const setting = PyTuple_GetItem(settings, i);
    if (PyDict_SetItem(PyTuple_GetItem(setting, 0), PyTuple_GetItem(setting, 1),
                       PyTuple_GetItem(setting, 2)) != 0) {
      return false;
    }
  }
  return true;
}

bool make_calls(PyObject* calls) {
  const Py_ssize_t count = PyTuple_Size(calls);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (!Ref(PyObject_CallObject(PyTuple_GetItem(calls, i), nullptr))) return false;
  }
  return true;
}

// With an exception (no memory) where it fails.
bool bring(PyObject* imports) {
  PyObject* const modules = PyImport_GetModuleDict();
  const Py_ssize_t count = PyTuple_Size(imports);
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* const name = PyTuple_GetItem(imports, i);
    if (PyDict_GetItem(modules, name) != nullptr) continue;
    if (PySet_Add(g_kept.given, name) != 0 ||
        PyDict_SetItem(modules, name, part_of(name, kModule)) != 0 ||
        !make_settings(part_of(name, kSettings)) || !make_calls(part_of(name, kCalls))) {
      return false;
    }
  }
  return true;
}

bool is_kept(PyObject* name) {
  return !g_forbidden && PyUnicode_CheckExact(name) &&
         PyDict_GetItem(g_kept.modules, name) != nullptr &&
         PyDict_GetItem(PyImport_GetModuleDict(), name) == nullptr;
}

// _find_and_load(name, import_) of importlib, to which every import comes whose module is not in
// sys.modules.
PyObject* find_and_load(PyObject*, PyObject* arguments) {
  PyObject* const name = PyTuple_GetItem(arguments, 0);
  if (name == nullptr) return nullptr;
  if (is_kept(name) && fits(part_of(name, kImports)) && would_be_found()) {
    if (!bring(part_of(name, kImports))) return nullptr;
    return Ref::borrow(part_of(name, kModule)).release();
  }
  return PyObject_CallObject(g_kept.hook, arguments);
}

PyMethodDef g_method = {kHook, find_and_load, METH_VARARGS, nullptr};

// A list of now. New reference.
PyObject* copy_of(const char* name) {
  PyObject* const list = PySys_GetObject(name);
  return list != nullptr ? PyList_GetSlice(list, 0, PyList_Size(list)) : nullptr;
}

// The table of interned names grows now, and not when the modules' names come: it is written to by
// every program.
void make_room_for_names() {
  constexpr int kNames = 8000;
  const Ref names(PyList_New(0));
  for (int i = 0; names && i < kNames; ++i) {
    char text[32];
    std::snprintf(text, sizeof text, "_playground_name_%d", i);
    const Ref name(PyUnicode_InternFromString(text));
    if (!name || PyList_Append(names.get(), name.get()) != 0) break;
  }
  PyErr_Clear();
}

bool import_them() {
  const Ref code(Py_CompileString(kKeptModulesSource, "<playground modules>", Py_file_input));
  const Ref keep = defined_by(code.get(), "keep_modules");
  g_kept.modules = keep ? PyObject_CallObject(keep.get(), nullptr) : nullptr;
  return g_kept.modules != nullptr;
}

bool take_place() {
  PyObject* const importlib = loaded_module("_frozen_importlib");
  if (importlib == nullptr) return false;
  g_kept.given = PySet_New(nullptr);
  g_kept.hook = PyObject_GetAttrString(importlib, kHook);
  g_kept.path = copy_of("path");
  g_kept.finders = copy_of("meta_path");
  g_kept.path_hooks = copy_of("path_hooks");
  g_kept.import_function = PyDict_GetItemString(PyEval_GetBuiltins(), "__import__");
  const Ref own(PyCFunction_New(&g_method, nullptr));
  return g_kept.given != nullptr && g_kept.hook != nullptr && g_kept.path != nullptr &&
         g_kept.finders != nullptr && g_kept.path_hooks != nullptr && own &&
         PyObject_SetAttrString(importlib, kHook, own.get()) == 0;
}

void note_failure(protocol::Hello& hello) {
  const Ref raised = take_raised();
  std::snprintf(hello.kept_error, sizeof hello.kept_error, "%s",
                raised ? PyBytes_AsString(raised.get()) : "?");
}

}  // namespace

void keep_modules(protocol::Hello& hello) {
  make_room_for_names();
  begin_uncollected();
  begin_memory_apart();
  if (import_them() && take_place()) {
    hello.kept_modules = static_cast<std::uint32_t>(PyDict_Size(g_kept.modules));
  } else {
    note_failure(hello);
  }
  end_uncollected();
  PyType_ClearCache();
  end_memory_apart();
}

void forbid_kept_modules() {
  g_forbidden = true;
}

void expect_own_finder() {
  g_own_finders = 1;
}

}  // namespace playground::pool
