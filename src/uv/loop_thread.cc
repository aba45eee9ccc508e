#include "uv/loop_thread.h"

#include <pthread.h>
#include <signal.h>

namespace playground::uv {

void LoopThread::start(const std::string& name) {
  // A thread begins with the mask of the one that makes it.
  sigset_t every;
  sigset_t before;
  sigfillset(&every);
  pthread_sigmask(SIG_SETMASK, &every, &before);
  thread_ = std::thread([this] { loop_.run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_setname_np(thread_.native_handle(), name.c_str());
}

void LoopThread::stop() {
  if (!thread_.joinable()) return;
  mailbox_.post([this] { loop_.stop(); });
  thread_.join();
}

}  // namespace playground::uv
