// This is the zygote. Its life, in order: configure, harden, import, say hello, fork on request.
#include "pool/zygote.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pool/control.h"
#include "pool/ending.h"
#include "pool/figures.h"
#include "pool/flatten.h"
#include "pool/flush_signal.h"
#include "pool/fork_handlers.h"
#include "pool/free_memory.h"
#include "pool/garbage_collector.h"
#include "pool/io.h"
#include "pool/kept_modules.h"
#include "pool/library_threads.h"
#include "pool/prefault.h"
#include "pool/preload.h"
#include "pool/program.h"
#include "pool/protocol.h"
#include "pool/python.h"
#include "pool/random_states.h"
#include "pool/ready_pipe.h"
#include "pool/sandbox.h"
#include "pool/sandbox_rlimits.h"
#include "pool/slots.h"
#include "pool/spawn.h"
#include "pool/surroundings.h"

namespace playground::pool {
namespace {

constexpr int kExitMismatch = 3;
constexpr int kExitBroken = 4;

[[noreturn]] void give_up(const char* what, int error, int status) {
  write_line(STDERR_FILENO, "playground zygote", what, error);
  ::_exit(status);
}

// One datagram into `message`. The server's end being closed ends the zygote, which also covers a
// server that died before PR_SET_PDEATHSIG was in force.
template <typename Message>
void receive(Message& message, protocol::Kind kind) {
  ssize_t got = 0;
  do {
    got = ::recv(protocol::kControlFd, &message, sizeof message, 0);
  } while (got < 0 && errno == EINTR);
  if (got == 0 || (got < 0 && errno == ECONNRESET)) ::_exit(0);
  if (got < 0) give_up("control socket", errno, kExitBroken);
  if (static_cast<std::size_t>(got) != sizeof message || message.kind != kind) {
    give_up("unknown message from the server", 0, kExitMismatch);
  }
}

void receive_configure(protocol::Configure& configure) {
  receive(configure, protocol::Kind::configure);
  if (configure.version != protocol::kVersion) {
    give_up("server and module are of different builds", 0, kExitMismatch);
  }
  configure.preload[sizeof configure.preload - 1] = '\0';
  configure.scratch[sizeof configure.scratch - 1] = '\0';
  configure.mount[sizeof configure.mount - 1] = '\0';
  configure.home[sizeof configure.home - 1] = '\0';
}

// Ctrl-C on a terminal is the server's business; blocked rather than ignored, because Python's
// handler for it has to be as it was in the workers, which unblock it.
void block_interrupt() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
}

void leave_privileges(const protocol::Configure& configure, SandboxReport& report) {
  const char* step = "";
  const int error = enter_sandbox(configure, report, &step);
  if (error != 0) give_up(step, error, kExitBroken);
}

// After the change of user, which resets it.
void tie_to_server() {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) give_up("PR_SET_PDEATHSIG", errno, kExitBroken);
}

// From os.environ, and with it from the C library's.
void remove_variable(const char* name) {
  const Ref environ = follow(loaded_module("os"), "environ");
  if (environ) PyMapping_DelItemString(environ.get(), name);
  PyErr_Clear();
}

// The hook has done its service: this process no longer looks as if anything had been raised.
void remove_traces() {
  PySys_SetObject("excepthook", PySys_GetObject("__excepthook__"));
  for (const char* name : {"last_exc", "last_type", "last_value", "last_traceback"}) {
    if (PySys_GetObject(name) != nullptr) PySys_SetObject(name, nullptr);
  }
  PyErr_Clear();
  remove_variable(protocol::kBindNow);
  // The call of the hook counts as a level of recursion, which programs would be short of.
  Py_LeaveRecursiveCall();
}

// A new user may be kept out of an interpreter, or of scratch folders, that lie in root's home:
// better one clear line than programs that fail.
void check_access(const char* path, int mode, const char* verb) {
  if (::access(path, mode) == 0) return;
  const int error = errno;
  char what[400];
  std::snprintf(what, sizeof what, "uid %u can't %s %s", ::getuid(), verb, path);
  give_up(what, error, kExitBroken);
}

void check_files(const char* scratch) {
  check_access(scratch, X_OK, "enter");
  PyObject* const os = loaded_module("os");
  const Ref file(os != nullptr ? PyObject_GetAttrString(os, "__file__") : nullptr);
  const Ref path(file ? PyUnicode_EncodeFSDefault(file.get()) : nullptr);
  PyErr_Clear();
  if (path) check_access(PyBytes_AsString(path.get()), R_OK, "read");
}

// The folder of every worker in a slot has the path of the mount.
bool settle_slots(const char* mount) {
  char folder[PATH_MAX];
  return slot_count() == 0 || ::realpath(mount, folder) == nullptr || settle_beforehand(folder);
}

[[noreturn]] void reject_interpreter() {
  PyErr_Print();
  give_up("the interpreter lacks something that workers need", 0, kExitBroken);
}

// sys.implementation.name into `name`, or nothing.
void read_implementation(char* name, std::size_t size) {
  PyObject* const known = PySys_GetObject("implementation");
  const Ref value(known != nullptr ? PyObject_GetAttrString(known, "name") : nullptr);
  const Ref bytes(value ? PyUnicode_AsEncodedString(value.get(), "ascii", "replace") : nullptr);
  PyErr_Clear();
  if (bytes) std::snprintf(name, size, "%s", PyBytes_AsString(bytes.get()));
}

void say_hello(protocol::Hello& hello, const SandboxReport& report, const UniqueFd& listener) {
  hello.tier = report.tier();
  hello.slots = static_cast<std::uint32_t>(slot_count());
  std::snprintf(hello.layers, sizeof hello.layers, "%s", report.lines());
  const char* const version = Py_GetVersion();
  std::snprintf(hello.python_version, sizeof hello.python_version, "%.*s",
                static_cast<int>(std::strcspn(version, " ")), version);
  read_implementation(hello.implementation, sizeof hello.implementation);
  const int fd = listener.get();
  if (!send_message(&hello, sizeof hello, &fd, fd >= 0 ? 1 : 0)) ::_exit(0);
}

// What a worker does that touches memory, or nearly.
bool rehearse() {
  return become_main_program() && warm_up();
}

// Copying memory is safe only while nobody else runs in it.
void lay_out_memory(const protocol::Configure& configure, protocol::Hello& hello) {
  if (configure.flatten == 0) {
    std::snprintf(hello.layout, sizeof hello.layout, "off: PLAYGROUND_FLATTEN");
  } else if (count_threads() > 1) {
    std::snprintf(hello.layout, sizeof hello.layout, "off: a module has left threads running");
  } else {
    flatten_memory(rehearse, hello.layout, sizeof hello.layout);
  }
}

}  // namespace

void run_zygote() {
  protocol::Configure configure;
  protocol::Hello hello;
  SandboxReport report;

  receive_configure(configure);
  if (!move_ready_pipe()) give_up("ready pipe", errno, kExitBroken);
  block_interrupt();
  leave_privileges(configure, report);
  tie_to_server();
  check_files(configure.scratch);
  remove_traces();
  if (!note_collector()) reject_interpreter();
  import_preloads(configure.preload, configure.home, hello);
  if (configure.keep_stdlib != 0) keep_modules(hello);
  flush_streams();
  end_library_threads();
  if (!find_random_states()) reject_interpreter();
  set_fork_handlers_aside();
  limit_thread_stacks();
  if (!prepare_ending() || !prepare_figures() || !install_flush_handler()) reject_interpreter();
  prepare_filter(configure);
  // What modules have left in it is in the way of what programs look up: each would have the name
  // of another let go, in a page of its own.
  PyType_ClearCache();
  if (!warm_up()) reject_interpreter();
  freeze_heap();
  mark_young_heap();
  if (!prepare_surroundings() || !restore_collector()) reject_interpreter();
  if (!settle_slots(configure.mount) || !warm_ending()) reject_interpreter();
  order_free_memory();  // again: what was made since has left gaps
  lay_out_memory(configure, hello);
  if (!enclose_workers(report)) give_up("first process of the pid namespace", errno, kExitBroken);
  const std::uint64_t rehearsed = learn_pages(become_main_program);
  note_data_size(rehearsed != 0 ? rehearsed : data_size());
  close_files(configure, report);
  UniqueFd listener;
  const CallFilter filter = filter_calls(configure, report, listener);
  say_hello(hello, report, listener);
  listener.reset();
  for (;;) {
    protocol::Spawn order;
    receive(order, protocol::Kind::spawn);
    order.folder[sizeof order.folder - 1] = '\0';
    spawn_worker(order, configure, filter);
  }
}

}  // namespace playground::pool
