#include "exec/worker_output.h"

#include <fcntl.h>

#include <utility>

#include "base/check.h"

namespace playground::exec {
namespace {

using Tell = uv::PollSet::Member::Tell;

// What one stream may bring in one turn of the loop.
constexpr std::size_t kReadBudget = 256 * 1024;

// The same where it is passed on: a reader that can't take more has no more than this to keep.
constexpr std::size_t kPieceBudget = 64 * 1024;

// As much as a program can print in the millisecond in which nobody reads; a pipe has 64 KB by
// itself. The kernel lets an unprivileged user have 64 MB of pipes by default (pipe(7)).
constexpr int kWide = 512 * 1024;

}  // namespace

WorkerOutput::WorkerOutput(uv::Loop& loop, UniqueFd out, UniqueFd err, std::size_t limit,
                           Owner& owner)
    : loop_(loop),
      owner_(owner),
      out_{StandardStream::out, Capture(std::move(out), limit)},
      err_{StandardStream::err, Capture(std::move(err), limit)} {
  out_.poll = {loop_.polls(), out_.capture.fd(), Tell::hangup,
               [this] { owner_.on_stdout_closed(); }};
}

void WorkerOutput::keep(milliseconds late) {
  late_ = uv::Timer::create(loop_, [this] { watch(); });
  late_->start_early(late);
}

void WorkerOutput::widen() {
  ::fcntl(out_.capture.fd(), F_SETPIPE_SZ, kWide);
}

void WorkerOutput::pass_on(std::size_t limit) {
  passes_on_ = true;
  out_.capture.set_limit(limit);
  err_.capture.set_limit(limit);
  watch();
}

void WorkerOutput::watch() {
  watch(out_);
  watch(err_);
}

void WorkerOutput::watch(Pipe& pipe) {
  auto on_readable = [this, &pipe] { read(pipe); };
  if (pipe.poll) {
    pipe.poll.tell(Tell::always, on_readable);
  } else {
    pipe.poll = {loop_.polls(), pipe.capture.fd(), Tell::always, on_readable};
  }
}

void WorkerOutput::read(Pipe& pipe) {
  if (&pipe == &out_ && !read_start_mark()) {
    if (pipe.ended) owner_.on_stdout_closed();
    return;
  }
  if (waits_) return;  // for a reader that has refused what came with the mark
  switch (pipe.capture.drain(passes_on_ ? kPieceBudget : kReadBudget)) {
    case Capture::Read::again:
      break;
    case Capture::Read::ended:
      pipe.ended = true;
      pipe.poll.leave();
      break;
    case Capture::Read::overflow:
      pipe.ended = true;
      pipe.poll.leave();
      owner_.on_output_overflow();
      break;
  }
  if (passes_on_) hand_over(pipe);
  if (&pipe == &out_ && pipe.ended && !pipe.capture.truncated()) owner_.on_stdout_closed();
}

// The first byte of stdout is not the program's. A worker that ends without it has run nothing.
bool WorkerOutput::read_start_mark() {
  if (started_) return true;
  char mark = 0;
  switch (out_.capture.read_preface(&mark, 1)) {
    case Capture::Preface::pending:
      return false;
    case Capture::Preface::ended:
      out_.ended = true;
      out_.poll.leave();
      return false;
    case Capture::Preface::complete:
      break;
  }
  PLAYGROUND_CHECK(mark == protocol::kStartedMark);
  started_ = true;
  started_at_ = Clock::now();
  owner_.on_started();
  if (passes_on_ && !owner_.on_output(StandardStream::out, {})) wait_for_reader();
  if (passes_on_) hand_over(out_);
  return true;
}

// What stderr brings before the mark on the other pipe has been seen waits for it.
void WorkerOutput::hand_over(Pipe& pipe) {
  if (!started_ && !read_start_mark()) return;
  std::string bytes = pipe.capture.take();
  if (!bytes.empty() && !owner_.on_output(pipe.name, std::move(bytes))) wait_for_reader();
}

// Nothing is read any more: the pipes fill, and the program waits in its next write.
void WorkerOutput::wait_for_reader() {
  waits_ = true;
  out_.poll.leave();
  err_.poll.leave();
}

void WorkerOutput::resume() {
  if (!std::exchange(waits_, false)) return;
  if (!out_.ended) watch(out_);
  if (!err_.ended) watch(err_);
}

bool WorkerOutput::finish() {
  bool overflow = false;
  for (Pipe* pipe : {&out_, &err_}) {
    if (!pipe->capture.truncated()) overflow |= read_rest(*pipe);
  }
  return overflow;
}

// With the start mark there mostly comes everything. Returns whether it was over the limit.
bool WorkerOutput::read_rest(Pipe& pipe) {
  constexpr std::size_t kEverything = std::size_t{1} << 30;
  bool with_mark = &pipe == &out_ && !started_;
  if (with_mark && !read_start_mark()) return false;
  if (with_mark && pipe.capture.emptied()) return pipe.capture.truncated();
  return pipe.capture.drain(kEverything) == Capture::Read::overflow;
}

void WorkerOutput::close() {
  late_.reset();
  for (Pipe* pipe : {&out_, &err_}) {
    pipe->ended = true;
    pipe->poll.forget();
    pipe->capture.close();
  }
}

}  // namespace playground::exec
