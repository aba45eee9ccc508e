// This is the worker. It becomes what `python3 main.py` would be in its folder, step by step, says
// that it is ready, waits for a program, runs it, ends. Everything that needs no program is done
// before Ready, where nobody waits for it.
#include "pool/worker.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "pool/fail.h"
#include "pool/fork_handlers.h"
#include "pool/io.h"
#include "pool/prefault.h"
#include "pool/program.h"
#include "pool/protocol.h"
#include "pool/python.h"
#include "pool/ready_pipe.h"
#include "pool/request.h"
#include "pool/sandbox_identity.h"
#include "pool/sandbox_landlock.h"
#include "pool/sandbox_rlimits.h"
#include "pool/sandbox_self.h"
#include "pool/slots.h"
#include "pool/surroundings.h"

namespace playground::pool {
namespace {

using Order = WorkerOrder;

bool take_pages(const Order& order) {
  populate_pages(order.patient);
  return true;
}

bool restart_python(const Order& order) {
  PyOS_AfterFork_Child();
  if (order.filter == CallFilter::none) restore_fork_handlers();
  return PyErr_Occurred() == nullptr;
}

// A server that died before can't be told by getppid(), which is 0 in a pid namespace that the
// parent is not in. The zygote, which holds the other end of this worker's stdin by then, dies of
// it too: the worker reads an end of file instead of a request.
bool die_with_server(const Order&) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
}

bool take_pipes(const Order& order) {
  return ::dup2(order.in, STDIN_FILENO) >= 0 && ::dup2(order.out, STDOUT_FILENO) >= 0 &&
         ::dup2(order.err, STDERR_FILENO) >= 0;
}

bool close_others(const Order&) {
  return close_from(STDERR_FILENO + 1, ready_pipe());
}

bool unblock_signals(const Order&) {
  sigset_t none;
  sigemptyset(&none);
  return ::sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
}

bool enter_folder(const Order& order) {
  ::umask(022);
  if (order.slot != protocol::kNoSlot && !enter_slot(order.slot)) return false;
  return ::chdir(order.folder) == 0;
}

// Entering the slot took them.
bool drop_all_capabilities(const Order&) {
  errno = drop_capabilities();
  return errno == 0;
}

bool set_surroundings(const Order&) {
  return become_main_program();
}

bool open_script(const Order&) {
  return make_script();
}

bool set_limits(const Order& order) {
  return limit_files(order.open_files, order.file_bytes);
}

bool keep_to_folder(const Order&) {
  return restrict_worker();
}

// The last step: it takes away what the steps before it need.
bool close_sandbox(const Order& order) {
  return install_self_filter(::getpid(), order.filter);
}

struct Step {
  const char* name;
  bool (*run)(const Order&);  // false: failed, with errno or a Python exception
};

constexpr Step kSteps[] = {
    {"take the pipes", take_pipes},  // first, so that every failure has the program's stderr
    {"die with the server", die_with_server},
    {"populate pages", take_pages},
    {"restart Python after the fork", restart_python},
    {"unblock signals", unblock_signals},
    {"enter the folder", enter_folder},
    {"drop capabilities", drop_all_capabilities},
    {"set up as main.py", set_surroundings},
    {"keep to the folder", keep_to_folder},
    {"close other descriptors", close_others},  // the step before needs one
    {"make main.py", open_script},
    {"limit files", set_limits},  // the zygote may have more open than a program may
    {"close the sandbox", close_sandbox},
};

}  // namespace

void run_worker(const WorkerOrder& order) {
  for (const Step& step : kSteps) {
    errno = 0;
    if (!step.run(order)) fail(step.name, errno);
  }
  if (!say_ready(order.id)) ::_exit(0);
  Request request;
  switch (read_request(request)) {
    case RequestState::complete:
      break;
    case RequestState::none:
      ::_exit(0);
    case RequestState::broken:
      fail("read the request", errno);
  }
  run_program(request);
}

}  // namespace playground::pool
