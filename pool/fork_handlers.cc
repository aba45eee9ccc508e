#include "pool/fork_handlers.h"

#include "pool/python.h"

namespace playground::pool {
namespace {

// What they do is done, or has no effect. random's is renew_random_states()'s.
constexpr const char* kNeedless[][2] = {
    {"random", "_inst.seed"},
    {"threading", "_after_fork"},
    {"logging", "_acquireLock"},
    {"logging", "_releaseLock"},
    {"logging", "_after_at_fork_child_reinit_locks"},
    {"concurrent.futures.thread", "_global_shutdown_lock.acquire"},
    {"concurrent.futures.thread", "_global_shutdown_lock.release"},
    {"concurrent.futures.thread", "_global_shutdown_lock._at_fork_reinit"},
};

// CPython 3.9 to 3.13, Modules/posixmodule.c: a list for each moment, of which the interpreter
// calls a copy.
struct Handlers {
  const char* when;
  PyObject* list = nullptr;  // the interpreter's
  PyObject* all = nullptr;   // as it has to be again; null where it is as it was
};
Handlers g_handlers[] = {{"before"}, {"after_in_parent"}, {"after_in_child"}};

// New reference to a list; null with an exception.
PyObject* needless_handlers() {
  Ref handlers(PyList_New(0));
  for (const auto& [module_name, path] : kNeedless) {
    const Ref handler = follow(loaded_module(module_name), path);
    PyErr_Clear();
    if (handlers && handler) PyList_Append(handlers.get(), handler.get());
  }
  return handlers.release();
}

Py_ssize_t size_of(PyObject* module, const char* collection) {
  const Ref found(PyObject_GetAttrString(module, collection));
  return found ? PyObject_Size(found.get()) : -1;
}

// threading knows of the main thread alone, and nobody keeps one that has ended.
bool has_one_thread() {
  PyObject* const threading = loaded_module("threading");
  return threading == nullptr ||
         (size_of(threading, "_active") == 1 && size_of(threading, "_limbo") == 0 &&
          size_of(threading, "_dangling") == 1);
}

// The list whose last entry is `marker`. New reference; null where it can't be told.
PyObject* list_that_ends_with(PyObject* gc, PyObject* marker) {
  const Ref referrers(PyObject_CallMethod(gc, "get_referrers", "O", marker));
  const Py_ssize_t count = referrers ? PyList_Size(referrers.get()) : 0;
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* const object = PyList_GetItem(referrers.get(), i);
    if (!PyList_CheckExact(object)) continue;
    const Py_ssize_t size = PyList_Size(object);
    if (size > 0 && PyList_GetItem(object, size - 1) == marker)
      return Ref::borrow(object).release();
  }
  return nullptr;
}

// Finds the interpreter's list by an entry that it can have from here alone, and removes that
// again.
PyObject* find_list(PyObject* gc, const char* when) {
  const Ref nobody(PyList_New(0));
  const Ref marker(nobody ? PyObject_GetAttrString(nobody.get(), "clear") : nullptr);
  PyObject* const posix = loaded_module("posix");
  const Ref enlist(posix != nullptr ? PyObject_GetAttrString(posix, "register_at_fork") : nullptr);
  const Ref none(PyTuple_New(0));
  const Ref entry(marker ? Py_BuildValue("{sO}", when, marker.get()) : nullptr);
  if (!enlist || !none || !entry) return nullptr;
  if (!Ref(PyObject_Call(enlist.get(), none.get(), entry.get()))) return nullptr;
  PyDict_Clear(entry.get());  // it refers to the marker as well
  Ref list(list_that_ends_with(gc, marker.get()));
  if (!list) return nullptr;
  const Py_ssize_t size = PyList_Size(list.get());
  return PyList_SetSlice(list.get(), size - 1, size, nullptr) == 0 ? list.release() : nullptr;
}

bool set_aside(Handlers& handlers, PyObject* needless) {
  const Py_ssize_t size = PyList_Size(handlers.list);
  const Ref all(PyList_GetSlice(handlers.list, 0, size));
  const Ref kept(PyList_New(0));
  for (Py_ssize_t i = 0; all && kept && i < size; ++i) {
    PyObject* const handler = PyList_GetItem(all.get(), i);
    const int known = PySequence_Contains(needless, handler);
    if (known < 0 || (known == 0 && PyList_Append(kept.get(), handler) != 0)) return false;
  }
  if (!all || !kept || PyList_SetSlice(handlers.list, 0, size, kept.get()) != 0) return false;
  if (PyList_Size(kept.get()) < size) handlers.all = Ref::borrow(all.get()).release();
  return true;
}

}  // namespace

void set_fork_handlers_aside() {
  const Ref needless(needless_handlers());
  const bool any = needless && PyList_Size(needless.get()) > 0;
  const Ref gc = any ? import_unseen("gc") : Ref();
  if (gc && has_one_thread()) {
    bool found = true;
    for (Handlers& handlers : g_handlers) {
      handlers.list = find_list(gc.get(), handlers.when);
      found = found && handlers.list != nullptr;
    }
    // Those of a module go together: one takes a lock that another releases.
    for (Handlers& handlers : g_handlers) found = found && set_aside(handlers, needless.get());
  }
  PyErr_Clear();
}

void restore_fork_handlers() {
  for (const Handlers& handlers : g_handlers) {
    if (handlers.all == nullptr) continue;
    PyList_SetSlice(handlers.list, 0, PyList_Size(handlers.list), handlers.all);
  }
}

}  // namespace playground::pool
