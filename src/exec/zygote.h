// Zygote: the server's end of one interpreter process that forks workers on request. It owns the
// process and the control socket, and knows nothing of pools.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/unique_fd.h"
#include "exec/worker.h"
#include "pool/protocol.h"
#include "uv/poll.h"
#include "uv/process.h"
#include "uv/timer.h"

namespace playground::exec {

struct ZygoteOptions {
  std::string python;   // the interpreter's binary
  std::string module;   // playground_pool.abi3.so
  std::string preload;  // module names, comma-separated
  std::uint64_t file_bytes = 0;
  std::uint64_t open_files = 0;
  std::string scratch;    // the folder that all workers' folders lie in
  std::string home;       // folder that modules may write to when imported; empty: none
  std::string mount;      // an empty folder in `scratch`, for the private file systems of tier T1
  std::size_t slots = 0;  // how many of these there are to be
  std::uint64_t scratch_bytes = 0;    // of each
  std::uint64_t scratch_entries = 0;  // files and folders in each
  std::uint32_t uid = 0;              // user and group that it becomes; 0: stays who starts it
  protocol::Tier sandbox = protocol::Tier::none;  // less than this is not put up with
  protocol::Tier sandbox_max = protocol::Tier::t1;
  std::uint32_t landlock_abi_max = ~0U;
  bool flatten = false;      // its memory, where that pays
  bool keep_stdlib = false;  // modules ready to be imported by programs
};

class Zygote {
 public:
  class Owner {
   public:
    // It has imported everything and can fork. `listener`, where there is one, is to be served at
    // once: refused calls of the zygote and its workers wait for their answer.
    virtual void on_zygote_ready(Zygote& zygote, const protocol::Hello& hello,
                                 UniqueFd listener) = 0;
    virtual void on_spawned(Zygote& zygote, std::uint64_t id, WorkerParts parts) = 0;
    // Whether it was taken: a worker may say it before the zygote has told that it is there. It
    // comes again then.
    virtual bool on_ready(Zygote& zygote, const protocol::Ready& ready) = 0;
    virtual void on_spawn_failed(Zygote& zygote, std::uint64_t id, int error) = 0;
    // One line that it, or a library in it, wrote to stdout or stderr.
    virtual void on_zygote_line(Zygote& zygote, std::string_view line) = 0;
    // It is gone. The owner may drop it here.
    virtual void on_zygote_ended(Zygote& zygote, const uv::Exit& exit) = 0;

   protected:
    ~Owner() = default;
  };

  // Errors: the interpreter can't be started.
  static Result<std::unique_ptr<Zygote>> start(uv::Loop& loop, const ZygoteOptions& options,
                                               Owner& owner);
  // Ends the process. Its workers live on, which are this process's children, but nobody hears any
  // more that one is ready.
  ~Zygote() = default;

  // Asks for a worker in `folder`, which lies in `slot` if that isn't protocol::kNoSlot. A
  // `patient` one lets others have the processor while it gets ready. False when the socket takes
  // no more now.
  bool order(std::uint64_t id, const std::string& folder, int slot, bool patient);

  void kill() { process_->kill(9); }
  int pid() const { return process_->pid(); }

 private:
  Zygote(UniqueFd control, UniqueFd ready, UniqueFd log, Owner& owner)
      : owner_(owner),
        control_(std::move(control)),
        ready_(std::move(ready)),
        log_(std::move(log)) {}

  Result<void> configure(const ZygoteOptions& options);
  void watch(uv::Loop& loop);
  void on_control();
  void take_answers();
  bool receive();
  void on_ready();
  void take_ready(const protocol::Ready& ready);
  void on_log();

  Owner& owner_;
  UniqueFd control_;
  UniqueFd ready_;
  UniqueFd log_;
  std::string log_line_;
  std::size_t owed_ = 0;                // orders without an answer yet
  std::vector<protocol::Ready> early_;  // of workers that the zygote has not told of yet
  std::unique_ptr<uv::Process> process_;
  uv::Owned<uv::Poll> control_poll_;
  uv::Owned<uv::Timer> late_;  // after which answers are looked for, though no worker is ready
  uv::Owned<uv::Poll> ready_poll_;
  uv::Owned<uv::Poll> log_poll_;
};

}  // namespace playground::exec
