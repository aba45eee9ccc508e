#include "exec/worker_output.h"

#include <utility>

#include "base/check.h"

namespace playground::exec {
namespace {

// What one stream may bring in one turn of the loop.
constexpr std::size_t kReadBudget = 256 * 1024;

// The same where it is passed on: a reader that can't take more has no more than this to keep.
constexpr std::size_t kPieceBudget = 64 * 1024;

}  // namespace

WorkerOutput::WorkerOutput(uv::Loop& loop, UniqueFd out, UniqueFd err, std::size_t limit,
                           Owner& owner)
    : loop_(loop),
      owner_(owner),
      out_{StandardStream::out, Capture(std::move(out), limit), {}},
      err_{StandardStream::err, Capture(std::move(err), limit), {}} {
  out_.poll = uv::Poll::create(loop_, out_.capture.fd(), [this](int) { on_preface(); });
  out_.poll->start(UV_READABLE);
}

// The Ready record comes before anything that a program could write.
void WorkerOutput::on_preface() {
  protocol::Ready ready;
  switch (out_.capture.read_preface(&ready, sizeof(ready))) {
    case Capture::Preface::pending:
      return;
    case Capture::Preface::ended:  // it died while warming: the pidfd tells
      out_.poll.reset();
      return;
    case Capture::Preface::complete:
      break;
  }
  // Anything else on this pipe means that module and server are of two builds.
  PLAYGROUND_CHECK(ready.magic == protocol::Ready::kMagic);
  out_.poll.reset();
  owner_.on_ready_record(ready);
}

void WorkerOutput::keep() {
  watch(out_);
  watch(err_);
}

void WorkerOutput::pass_on(std::size_t limit) {
  passes_on_ = true;
  out_.capture.set_limit(limit);
  err_.capture.set_limit(limit);
  keep();
}

void WorkerOutput::watch(Pipe& pipe) {
  pipe.poll = uv::Poll::create(loop_, pipe.capture.fd(), [this, &pipe](int) { read(pipe); });
  pipe.poll->start(UV_READABLE);
}

void WorkerOutput::read(Pipe& pipe) {
  if (&pipe == &out_ && !read_start_mark()) return;
  switch (pipe.capture.drain(passes_on_ ? kPieceBudget : kReadBudget)) {
    case Capture::Read::again:
      break;
    case Capture::Read::ended:
      pipe.poll.reset();
      break;
    case Capture::Read::overflow:
      pipe.poll.reset();
      owner_.on_output_overflow();
      break;
  }
  if (passes_on_) hand_over(pipe);
}

// The first byte of stdout is not the program's. A worker that ends without it has run nothing.
bool WorkerOutput::read_start_mark() {
  if (started_) return true;
  char mark = 0;
  switch (out_.capture.read_preface(&mark, 1)) {
    case Capture::Preface::pending:
      return false;
    case Capture::Preface::ended:
      out_.poll.reset();
      return false;
    case Capture::Preface::complete:
      break;
  }
  PLAYGROUND_CHECK(mark == protocol::kStartedMark);
  started_ = true;
  started_at_ = Clock::now();
  owner_.on_started();
  if (passes_on_ && !owner_.on_output(StandardStream::out, {})) wait_for_reader();
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
  if (out_.poll) out_.poll->stop();
  if (err_.poll) err_.poll->stop();
}

void WorkerOutput::resume() {
  if (!std::exchange(waits_, false)) return;
  if (out_.poll) out_.poll->start(UV_READABLE);
  if (err_.poll) err_.poll->start(UV_READABLE);
}

bool WorkerOutput::finish() {
  constexpr std::size_t kEverything = std::size_t{1} << 30;
  bool overflow = false;
  if (read_start_mark() && !out_.capture.truncated()) {
    overflow = out_.capture.drain(kEverything) == Capture::Read::overflow;
  }
  if (!err_.capture.truncated()) {
    overflow |= err_.capture.drain(kEverything) == Capture::Read::overflow;
  }
  return overflow;
}

void WorkerOutput::close() {
  out_.poll.reset();
  err_.poll.reset();
}

}  // namespace playground::exec
