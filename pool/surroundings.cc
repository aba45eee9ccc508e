// The zygote was started with -c; the differences to a script's start that a program could see are
// levelled here. Checked against the interpreter itself by test/pool.
#include "pool/surroundings.h"

#include <limits.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "pool/random_states.h"

namespace playground::pool {
namespace {

constexpr char kScript[] = "main.py";

PyObject* g_environ = nullptr;      // os.environ
PyObject* g_main_thread = nullptr;  // threading.main_thread().__dict__; null where it isn't loaded
PyObject* g_thread_id = nullptr;    // a key of that, for workers alone: its count is written to
PyObject* g_loader = nullptr;       // importlib.machinery.SourceFileLoader
PyObject* g_main = nullptr;         // __main__
PyObject* g_namespace = nullptr;    // its __dict__; borrowed until keep_main_namespace()
char g_main_path[PATH_MAX + sizeof kScript];
bool g_settled = false;  // in the zygote already

// The attribute of a module that is loaded at every start of the interpreter. New reference.
PyObject* take(const char* module_name, const char* attribute) {
  PyObject* const module = loaded_module(module_name);
  if (module != nullptr) return PyObject_GetAttrString(module, attribute);
  PyErr_Format(PyExc_ImportError, "%s is not loaded", module_name);
  return nullptr;
}

// `d[key] = value` for whatever has items; takes over `value`, null being an error on the way.
bool set_item(PyObject* object, const char* key, PyObject* value) {
  const Ref owned(value);
  const Ref name(PyUnicode_FromString(key));
  return owned && name && PyObject_SetItem(object, name.get(), owned.get()) == 0;
}

bool set_environment(const char* folder) {
  return set_item(g_environ, "HOME", PyUnicode_DecodeFSDefault(folder)) &&
         set_item(g_environ, "TMPDIR", PyUnicode_DecodeFSDefault(folder));
}

// A script's __main__ has __file__ and __cached__ more than -c has, at the end, and its own loader.
bool set_main_module() {
  const Ref path(PyUnicode_DecodeFSDefault(main_path()));
  const Ref name(PyUnicode_FromString("__main__"));
  if (!path || !name) return false;
  PyObject* const loader = PyObject_CallFunctionObjArgs(g_loader, name.get(), path.get(), nullptr);
  return set_item(g_namespace, "__loader__", loader) &&
         set_item(g_namespace, "__file__", Ref::borrow(path.get()).release()) &&
         set_item(g_namespace, "__cached__", Ref::borrow(Py_None).release());
}

// sys.path[0] is the script's folder; the look for a package named main.py leaves a trace in the
// importers' cache.
bool set_import_path(const char* folder) {
  PyObject* const path = PySys_GetObject("path");
  PyObject* const cache = PySys_GetObject("path_importer_cache");
  if (path == nullptr || cache == nullptr) return false;
  const Ref entry(PyUnicode_DecodeFSDefault(folder));
  return entry && PyList_Insert(path, 0, entry.get()) == 0 &&
         set_item(cache, main_path(), Ref::borrow(Py_None).release());
}

// site derived these from the zygote's HOME, which is "/".
bool set_user_site(const char* folder) {
  PyObject* const site = loaded_module("site");
  for (const char* name : {"USER_BASE", "USER_SITE"}) {
    if (site == nullptr || !PyObject_HasAttrString(site, name)) continue;
    const Ref path(PyObject_GetAttrString(site, name));
    if (!path || !PyUnicode_Check(path.get())) continue;
    const Ref moved(PyUnicode_FromFormat("%s%U", folder, path.get()));
    if (!moved || PyObject_SetAttrString(site, name, moved.get()) != 0) return false;
  }
  return true;
}

// As the main program of that folder.
bool settle(const char* folder) {
  std::snprintf(g_main_path, sizeof g_main_path, "%s/%s", folder, kScript);
  return set_environment(folder) && set_user_site(folder) && set_main_module() &&
         set_import_path(folder);
}

// The __dict__: an attribute set by name would be looked for in all its classes first. A copy of
// it, and of the id, lies among what workers write to anyway.
PyObject* find_main_thread() {
  PyObject* const threading = loaded_module("threading");
  const Ref thread(threading != nullptr ? PyObject_CallMethod(threading, "main_thread", nullptr)
                                        : nullptr);
  const Ref attributes = thread ? follow(thread.get(), "__dict__") : Ref();
  Ref copy(attributes ? PyDict_Copy(attributes.get()) : nullptr);
  const Ref id(PyLong_FromLong(::gettid()));
  const bool known = copy && PyDict_GetItem(copy.get(), g_thread_id) != nullptr;
  const bool moved = known && id && PyDict_SetItem(copy.get(), g_thread_id, id.get()) == 0 &&
                     PyObject_SetAttrString(thread.get(), "__dict__", copy.get()) == 0;
  PyErr_Clear();
  return moved ? copy.release() : nullptr;
}

// The folder for temporary files that a preloaded module has asked for.
bool forget_temporary_folder() {
  PyObject* const tempfile = loaded_module("tempfile");
  return tempfile == nullptr || PyObject_SetAttrString(tempfile, "tempdir", Py_None) == 0;
}

// What a preloaded module remembers of the zygote, and every worker would therefore share.
bool forget_the_zygote() {
  // threading's own handler of forks leaves the main thread with the zygote's id.
  const Ref id(g_main_thread != nullptr ? PyLong_FromLong(::gettid()) : nullptr);
  if (id && PyDict_SetItem(g_main_thread, g_thread_id, id.get()) != 0) return false;
  renew_random_states();
  return true;
}

// A copy takes the place of __main__, because the bootstrap's frames, which are never left, hold
// the namespace of the original: its objects would survive the program's end. New reference.
PyObject* renew_main_module() {
  PyObject* const modules = PyImport_GetModuleDict();
  PyObject* const original = PyDict_GetItemString(modules, "__main__");
  if (original == nullptr) return nullptr;
  const Ref names = Ref::borrow(PyModule_GetDict(original));
  Ref copy(PyModule_New("__main__"));
  if (!copy || PyDict_Update(PyModule_GetDict(copy.get()), names.get()) != 0 ||
      PyDict_SetItemString(modules, "__main__", copy.get()) != 0) {
    return nullptr;
  }
  PyDict_Clear(names.get());
  return copy.release();
}

// sys.orig_argv (Python 3.10 and later) begins with the command that the interpreter was started
// by.
bool set_original_arguments() {
  PyObject* const given = PySys_GetObject("orig_argv");
  if (given == nullptr) return true;
  PyObject* const command = PyList_GetItem(given, 0);
  const Ref arguments(command != nullptr ? Py_BuildValue("[Os]", command, kScript) : nullptr);
  return arguments && PySys_SetObject("orig_argv", arguments.get()) == 0;
}

bool append_to(const char* list, PyObject* text) {
  PyObject* const arguments = PySys_GetObject(list);
  return arguments == nullptr || PyList_Append(arguments, text) == 0;
}

}  // namespace

bool prepare_surroundings() {
  g_main = renew_main_module();
  g_thread_id = PyUnicode_FromString("_native_id");  // from Python 3.8 on
  g_main_thread = find_main_thread();
  g_environ = take("os", "environ");
  g_loader = take("_frozen_importlib_external", "SourceFileLoader");
  if (g_main == nullptr || g_environ == nullptr || g_loader == nullptr) return false;
  if (!forget_temporary_folder()) return false;
  g_namespace = PyModule_GetDict(g_main);
  const Ref arguments(Py_BuildValue("[s]", kScript));
  return arguments && PySys_SetObject("argv", arguments.get()) == 0 && set_original_arguments();
}

bool settle_beforehand(const char* folder) {
  g_settled = settle(folder);
  return g_settled;
}

bool become_main_program() {
  if (g_settled) return forget_the_zygote();
  char folder[PATH_MAX];
  // As the interpreter itself does it: symbolic links on the way to the folder are resolved.
  return ::getcwd(folder, sizeof folder) != nullptr && settle(folder) && forget_the_zygote();
}

const char* main_path() {
  return g_main_path;
}

PyObject* main_namespace() {
  return g_namespace;
}

void keep_main_namespace() {
  Py_INCREF(g_namespace);
}

void release_main_module() {
  Py_DECREF(g_main);
}

void release_main_namespace() {
  Py_DECREF(g_namespace);
}

bool line_buffer_stdout() {
  PyObject* const stdout_file = PySys_GetObject("stdout");
  if (stdout_file == nullptr) return false;
  const Ref reconfigure(PyObject_GetAttrString(stdout_file, "reconfigure"));
  const Ref none(PyTuple_New(0));
  const Ref options(Py_BuildValue("{sO}", "line_buffering", Py_True));
  return reconfigure && none && options &&
         Ref(PyObject_Call(reconfigure.get(), none.get(), options.get()));
}

bool append_argument(const char* argument) {
  const Ref text(PyUnicode_DecodeFSDefault(argument));
  return text && append_to("argv", text.get()) && append_to("orig_argv", text.get());
}

}  // namespace playground::pool
