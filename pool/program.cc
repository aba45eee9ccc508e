// This is the request's path: a user waits for every microsecond of it.
#include "pool/program.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "pool/ending.h"
#include "pool/fail.h"
#include "pool/figures.h"
#include "pool/io.h"
#include "pool/kept_modules.h"
#include "pool/protocol.h"
#include "pool/python.h"
#include "pool/sandbox_rlimits.h"
#include "pool/surroundings.h"
#include "pool/unpack.h"

// Not in the limited API, but exported by every CPython from 3.2 on with this signature.
extern "C" __attribute__((weak)) PyObject* PyRun_FileExFlags(FILE*, const char*, int, PyObject*,
                                                             PyObject*, int, void*);

namespace playground::pool {
namespace {

UniqueFd g_script;

void write_script(const Request& request) {
  if (!write_fully(g_script.get(), request.code, request.code_bytes)) {
    fail("write main.py", errno);
  }
  g_script.reset();
}

// It is the folder's limit that the files have reached: that is the program's result, as if it had
// written them itself.
[[noreturn]] void end_without_room() {
  constexpr int kFailed = 1;
  write_line(STDERR_FILENO, "playground", "the files of the request do not fit", errno);
  write_fully(STDOUT_FILENO, &protocol::kStartedMark, 1);
  ::_exit(kFailed);
}

void set_arguments(const Request& request) {
  const char* argument = request.args;
  for (std::size_t i = 0; i < request.args_count; ++i, argument += std::strlen(argument) + 1) {
    if (!append_argument(argument)) fail("set the arguments", 0);
  }
}

std::string_view source_of(const Request& request) {
  return {request.code, request.code_bytes};
}

// Sources that the compiler takes differently from a file than from a string: with NUL bytes, a
// byte order mark, or a declared encoding in one of the first two lines (PEP 263).
bool depends_on_file(const Request& request) {
  const std::string_view source = source_of(request);
  if (source.find('\0') != source.npos || source.substr(0, 3) == "\xEF\xBB\xBF") return true;
  const std::size_t first = source.find_first_of("\r\n");
  if (first == source.npos) return source.find("coding") != source.npos;
  const std::size_t second = source.find_first_of("\r\n", first + 2);
  return source.substr(0, second).find("coding") != source.npos;
}

// Those that can't be asked for: an audit hook would see the check for a quick ending, and it, as
// a tool of sys.monitoring, that modules are not executed when they are imported.
void heed_watchers(std::string_view source) {
  const bool audits = source.find("addaudithook") != source.npos;
  if (audits) forbid_quick_ending();
  if (audits || source.find("sys.monitoring") != source.npos) forbid_kept_modules();
}

PyObject* run_file() {
  FILE* const file = std::fopen("main.py", "rb");
  if (file == nullptr) fail("open main.py", errno);
  PyObject* const names = main_namespace();
  return PyRun_FileExFlags(file, main_path(), Py_file_input, names, names, 1, nullptr);
}

// Compiles once more, from the file, because some messages about syntax differ. What the compiler
// had to warn of it has said the first time.
PyObject* explain_syntax_error() {
  PyErr_Clear();
  const Ref warnings(PyImport_ImportModule("_warnings"));
  const Ref filters(warnings ? PyObject_GetAttrString(warnings.get(), "filters") : nullptr);
  const Ref ignore(Py_BuildValue("(sOOOi)", "ignore", Py_None, PyExc_Warning, Py_None, 0));
  if (filters && ignore && PyList_Insert(filters.get(), 0, ignore.get()) == 0) {
    const Ref done(PyObject_CallMethod(warnings.get(), "_filters_mutated", nullptr));
  }
  PyErr_Clear();
  return run_file();
}

// The result of the module's code, or null with the exception that it ended with. Frees the source.
PyObject* run_source(const Request& request) {
  if (depends_on_file(request) && PyRun_FileExFlags != nullptr) {
    std::free(request.code);
    return run_file();
  }
  const Ref code(Py_CompileString(request.code, main_path(), Py_file_input));
  std::free(request.code);
  if (!code && PyErr_ExceptionMatches(PyExc_SyntaxError) && PyRun_FileExFlags != nullptr) {
    return explain_syntax_error();
  }
  return code ? PyEval_EvalCode(code.get(), main_namespace(), main_namespace()) : nullptr;
}

}  // namespace

bool warm_up() {
  constexpr char kSource[] =
      "def f(x, *y):\n"
      "  return [x + i for i in range(3)]\n"
      "for i in f(0): print(end=f'')\n"
      "try: {}['a']\n"
      "except KeyError as e: pass\n";
  const Ref names(PyDict_New());
  if (!names || PyDict_SetItemString(names.get(), "__builtins__", PyEval_GetBuiltins()) != 0) {
    return false;
  }
  const Ref code(Py_CompileString(kSource, main_path(), Py_file_input));
  const Ref result(code ? PyEval_EvalCode(code.get(), names.get(), names.get()) : nullptr);
  PyDict_Clear(names.get());  // f holds them, they hold f: gc.get_objects() would find both
  return result && warm_ending();
}

// No more than all programs do: a page that a program does not need is copied in vain, in every
// worker, and costs as much as one that it has to fetch.
void rehearse_program(void (*at_end)()) {
  constexpr char kSource[] = "print('hello')\n";
  Request request;
  request.code = ::strdup(kSource);
  if (request.code == nullptr) ::_exit(1);
  request.code_bytes = sizeof kSource - 1;
  end_after(at_end);
  end_program(run_source(request));
}

bool make_script() {
  g_script = create_file("main.py");
  return g_script.get() >= 0;
}

void run_program(const Request& request) {
  write_script(request);
  if (request.files_count > 0 && !unpack_files(request.files_count)) end_without_room();
  if (!limit_memory(request.memory_bytes)) fail("limit memory", errno);
  set_arguments(request);
  if (request.line_buffered && !line_buffer_stdout()) fail("set line buffering", 0);
  if (request.tells_end) announce_end();
  if (request.plots && !keep_figures()) fail("prepare for figures", 0);
  heed_watchers(source_of(request));
  if (!write_fully(STDOUT_FILENO, &protocol::kStartedMark, 1)) ::_exit(0);
  end_program(run_source(request));
}

}  // namespace playground::pool
