// WorkerOutput: what one worker writes to its stdout and stderr: the start mark, then the program's
// output, which is kept, or passed on as it comes.
#pragma once

#include <cstddef>
#include <string>

#include "base/clock.h"
#include "base/unique_fd.h"
#include "exec/capture.h"
#include "exec/program.h"
#include "pool/protocol.h"
#include "uv/poll_set.h"
#include "uv/timer.h"

namespace playground::exec {

class WorkerOutput {
 public:
  class Owner {
   public:
    // The program is about to begin.
    virtual void on_started() = 0;
    // More than the limit has come; the surplus is dropped.
    virtual void on_output_overflow() = 0;
    // Nobody can write to its stdout any more: the worker is gone, or nearly, or its program has
    // closed it. Not told once nothing is read any more: after an overflow, and while on_output()
    // has said no.
    virtual void on_stdout_closed() = 0;
    // While passing on: what has come, first nothing, at the start mark. Returns whether more may.
    virtual bool on_output(StandardStream from, std::string bytes) = 0;

   protected:
    ~Owner() = default;
  };

  // `limit` is that of each of the two, in bytes.
  WorkerOutput(uv::Loop& loop, UniqueFd out, UniqueFd err, std::size_t limit, Owner& owner);

  // Reads what the program prints, and keeps it: at its end, or from `late` on.
  void keep(milliseconds late);
  // Lets it print more to stdout before it has to wait for that, if the kernel allows.
  void widen();
  // Passes it on instead, up to `limit` bytes of each of the two.
  void pass_on(std::size_t limit);
  // After on_output() has said no.
  void resume();

  // The start mark has come: the program has been begun, at that time.
  bool started() const { return started_; }
  TimePoint started_at() const { return started_at_; }

  // The program is over, and with it every writer: reads what the pipes still hold. Returns whether
  // that was over the limit.
  bool finish();
  // Nothing is read any more, and the pipes are closed.
  void close();

  // What is kept, or what was not passed on: of that there is no more than a pipe holds.
  std::string take(StandardStream from) { return pipe(from).capture.take(); }
  bool truncated(StandardStream from) { return pipe(from).capture.truncated(); }

 private:
  struct Pipe {
    StandardStream name;
    Capture capture;
    uv::PollSet::Member poll{};
    bool ended = false;  // no more is to be read of it
  };

  Pipe& pipe(StandardStream name) { return name == StandardStream::out ? out_ : err_; }
  void watch();
  void watch(Pipe& pipe);
  void read(Pipe& pipe);
  bool read_start_mark();
  bool read_rest(Pipe& pipe);
  void hand_over(Pipe& pipe);
  void wait_for_reader();

  uv::Loop& loop_;
  Owner& owner_;
  Pipe out_;
  Pipe err_;
  uv::Owned<uv::Timer> late_;  // after which the pipes are watched
  bool passes_on_ = false;
  bool waits_ = false;  // for resume()
  bool started_ = false;
  TimePoint started_at_;
};

}  // namespace playground::exec
