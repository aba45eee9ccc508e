// Follows pymain_run_file(), _PyRun_SimpleFile(), Py_RunMain() and Py_FinalizeEx() of CPython in
// their order. A full Py_FinalizeEx() costs milliseconds, because it writes to every page of the
// heap; where the program left nothing that it would make visible (see leftovers.h), only its
// visible steps are taken.
#include "pool/ending.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "pool/exit_callbacks.h"
#include "pool/leftovers.h"
#include "pool/protocol.h"
#include "pool/surroundings.h"

namespace playground::pool {
namespace {

constexpr int kFinalizeFailed = 120;
constexpr int kPrintRaw = 1;  // Py_PRINT_RAW

// Looked up by a string made on the way, an attribute is not found in the interpreter's cache, to
// which it is added then: in each worker, in pages of its own.
struct Names {
  PyObject* closed = nullptr;
  PyObject* flush = nullptr;
};
Names g_names;

bool g_quick_forbidden = false;
void (*g_last)() = nullptr;

// sys.NAME.flush(); false with an exception. A stream that is missing or closed has nothing to
// flush.
bool flush(const char* name) {
  PyObject* const file = PySys_GetObject(name);
  if (file == nullptr || file == Py_None) return true;
  const Ref kept = Ref::borrow(file);
  const Ref closed(PyObject_GetAttr(file, g_names.closed));
  if (!closed) PyErr_Clear();
  if (closed && PyObject_IsTrue(closed.get()) > 0) return true;
  return static_cast<bool>(Ref(PyObject_CallMethodObjArgs(file, g_names.flush, nullptr)));
}

// As flush_io() of pythonrun.c: errors are dropped, and the pending exception is kept.
void flush_after_run() {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  for (const char* name : {"stderr", "stdout"}) {
    PyObject* const file = PySys_GetObject(name);
    if (file == nullptr) continue;
    const Ref kept = Ref::borrow(file);
    const Ref done(PyObject_CallMethodObjArgs(file, g_names.flush, nullptr));
    if (!done) PyErr_Clear();
  }
  PyErr_Restore(type, value, traceback);
}

// The status that `value`, which came with SystemExit, stands for, printing a text. False for what
// only the interpreter itself knows to treat (integers out of range, objects that have to be
// converted).
bool simple_exit_status(PyObject* value, int& status) {
  if (value == nullptr || value == Py_None) {
    status = 0;
    return true;
  }
  if (PyLong_Check(value)) {
    const long number = PyLong_AsLong(value);
    status = static_cast<int>(number);
    return number == status && PyErr_Occurred() == nullptr;
  }
  PyObject* const file = PySys_GetObject("stderr");
  if (!PyUnicode_CheckExact(value) || file == nullptr || file != PySys_GetObject("__stderr__")) {
    return false;
  }
  PyFile_WriteObject(value, file, kPrintRaw);
  PySys_WriteStderr("\n");
  status = 1;
  return true;
}

// True if everything that Py_FinalizeEx() would show has been done. If not, it still has to be
// called.
bool finalize_quickly() {
  if (g_quick_forbidden || anything_left()) return false;
  if (run_exit_callbacks() && anything_left()) return false;
  if (flush("stdout") && flush("stderr")) return true;
  PyErr_Clear();
  return false;
}

// Python ends by the signal that interrupted it, so that its parent can tell.
[[noreturn]] void end_by_interrupt() {
  ::signal(SIGINT, SIG_DFL);
  ::kill(::getpid(), SIGINT);
  ::_exit(128 + SIGINT);
}

// Says that the program is over and waits for the end, so that its peak of memory can still be
// read: the kernel takes as long to take the process apart as a short program runs. Children would
// have to be counted first.
void tell_end() {
  rusage children{};
  if (::getrusage(RUSAGE_CHILDREN, &children) != 0 || children.ru_maxrss != 0) return;
  if (::prctl(PR_SET_NAME, protocol::kEndedName) != 0) return;
  ::close(STDERR_FILENO);
  ::close(STDOUT_FILENO);  // last: of this the server is told
  ::poll(nullptr, 0, protocol::kEndedWait);
}

[[noreturn]] void finish(int status, bool interrupted) {
  const bool quick = finalize_quickly();
  if (!quick) {
    thaw_heap(g_quick_forbidden);
    if (Py_FinalizeEx() < 0) status = kFinalizeFailed;
  }
  if (interrupted) end_by_interrupt();
  // exit() also runs what libraries have registered with libc, which matters where one of them left
  // an object behind; that is never so in a quick ending.
  if (!quick) std::exit(status);
  std::fflush(nullptr);
  if (status == 0 && g_last != nullptr) g_last();
  ::_exit(status);
}

// Ends a program by the pending SystemExit, as _Py_HandleSystemExit() would. The exception is
// cleared only after the printing: its traceback holds the frames' locals, whose finalizers come
// later.
[[noreturn]] void end_by_system_exit() {
  PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  std::fflush(stdout);
  const bool instance = value != nullptr && PyObject_IsInstance(value, PyExc_BaseException) > 0;
  Ref code = Ref::borrow(value);
  if (instance) code = Ref(PyObject_GetAttrString(value, "code"));
  int status = 0;
  const bool simple = type == PyExc_SystemExit && simple_exit_status(code.get(), status);
  PyErr_Clear();
  PyErr_Restore(type, value, traceback);
  release_main_namespace();
  if (!simple) {
    thaw_heap(g_quick_forbidden);
    PyErr_Print();  // ends the process
  }
  PyErr_Clear();
  finish(status, false);
}

// The script's run removes what it had added to __main__, except when SystemExit ended it.
void remove_script_names() {
  for (const char* name : {"__file__", "__cached__"}) {
    if (PyDict_DelItemString(main_namespace(), name) != 0) PyErr_Clear();
  }
}

}  // namespace

bool prepare_ending() {
  g_names = {PyUnicode_InternFromString("closed"), PyUnicode_InternFromString("flush")};
  note_exit_callbacks();
  return g_names.closed != nullptr && g_names.flush != nullptr && prepare_leftovers();
}

void mark_young_heap() {
  place_canary();
}

void forbid_quick_ending() {
  g_quick_forbidden = true;
}

void end_after(void (*last)()) {
  g_last = last;
}

void announce_end() {
  end_after(tell_end);
}

bool warm_ending() {
  flush_after_run();
  anything_left();
  std::fflush(nullptr);
  return true;
}

void end_program(PyObject* result) {
  const bool interrupted = result == nullptr && PyErr_Occurred() == PyExc_KeyboardInterrupt;
  keep_main_namespace();
  flush_after_run();
  int status = 0;
  if (result == nullptr) {
    release_main_module();
    if (PyErr_ExceptionMatches(PyExc_SystemExit)) end_by_system_exit();
    // A hook of the program's may raise SystemExit, and then PyErr_Print() finalizes.
    if (PySys_GetObject("excepthook") != PySys_GetObject("__excepthook__")) {
      forbid_quick_ending();
      thaw_heap(true);
    }
    PyErr_Print();
    status = 1;
  }
  Py_XDECREF(result);
  remove_script_names();
  release_main_namespace();
  if (status == 0) release_main_module();
  finish(status, interrupted);
}

}  // namespace playground::pool
