#include "exec/worker.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "exec/request_frame.h"
#include "pool/protocol.h"

namespace playground::exec {
namespace {

// Between the signal that lets Python flush its streams and the one that no program can refuse.
constexpr milliseconds kFlushGrace{40};

// Most programs have ended before: then their output is read once, at their end, and nobody has
// been woken up for it. A program that prints more than its pipe holds waits so long, which in a
// crowd is no longer than it would wait for a processor.
constexpr milliseconds kLate{1};
constexpr milliseconds kLateInCrowd{20};

// Flushing takes less CPU time than this. A program that has not had it yet, for want of a free
// processor, gets the time again, so often in all.
constexpr microseconds kFlushCpu{5'000};
constexpr int kMostGraces = 8;

}  // namespace

Worker::Worker(uv::Loop& loop, WorkerParts parts, WorkerPlace place, std::size_t output_limit,
               Owner& owner)
    : loop_(loop),
      parts_(std::move(parts)),
      place_(std::move(place)),
      owner_(&owner),
      output_(loop, std::move(parts_.output), std::move(parts_.error), output_limit, *this) {}

Worker::~Worker() {
  if (state_ == WorkerState::ended) return;
  parts_.pidfd ? uv::kill_and_reap(parts_.pidfd.get()) : uv::reap_killed(parts_.pid);
  take_refusals();
}

void Worker::advance(WorkerEvent event) {
  auto following = next(state_, event);
  PLAYGROUND_CHECK(following.has_value());
  state_ = *following;
}

void Worker::watch_end() {
  if (pidfd_poll_ || !parts_.pidfd) return;
  pidfd_poll_ = {loop_.polls(), parts_.pidfd.get(), uv::PollSet::Member::Tell::always,
                 [this] { end_if_gone(); }};
}

void Worker::become_ready(const protocol::Ready& ready) {
  ready_cpu_us_ = ready.cpu_us;
  ready_peak_kb_ = ready.peak_kb;
  advance(WorkerEvent::ready);
}

// ready → running. All that is only needed once something comes back is done while it runs.
void Worker::run(const Program& program, const RunLimits& limits) {
  advance(WorkerEvent::lease);
  take_refusals();  // what our own preparation was refused is not the program's
  run_at_ = Clock::now();
  limits_ = limits;
  input_ = request_frame(program, limits.memory_bytes);
  send_input();
  watch_over(program);
}

void Worker::watch_over(const Program& program) {
  collector_.expect(program, limits_);
  if (answers_early(program)) final_usage_.emplace(parts_.pid);
  if (program.stream) {
    watch_end();  // a reader that takes no more keeps all output from being looked at
    output_.pass_on(limits_.stream_bytes);
  } else {
    output_.keep(program.crowded ? kLateInCrowd : kLate);
    if (!program.crowded) output_.widen();
  }
  deadline_ = uv::Timer::create(loop_, [this] { on_deadline(); });
  deadline_->start(program.timeout);
  if (!program.files.empty()) unpacked_timeout_ = program.timeout;
  Usage ready;
  ready.cpu = microseconds{ready_cpu_us_};
  ready.resident_kb = ready_peak_kb_;
  watch_.emplace(loop_, parts_.pid, folder(), limits_, ready,
                 [this](Cause cause) { on_exceeded(cause); });
}

// The request's frame and the program's stdin share one pipe. A program may read slowly or never.
void Worker::send_input() {
  while (input_sent_ < input_.size()) {
    ssize_t count =
        ::write(parts_.input.get(), input_.data() + input_sent_, input_.size() - input_sent_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      if (input_poll_ == nullptr) {
        input_poll_ = uv::Poll::create(loop_, parts_.input.get(), [this](int) { send_input(); });
        input_poll_->start(UV_WRITABLE);
      }
      return;
    }
    if (count < 0) break;  // it has closed its stdin, or is gone: the pidfd tells
    input_sent_ += static_cast<std::size_t>(count);
  }
  input_poll_.reset();
  parts_.input.reset();
  input_ = {};
}

// running, ending: output of a program that streams, as it comes.
bool Worker::on_output(StandardStream from, std::string bytes) {
  return owner_->on_worker_output(*this, from, std::move(bytes));
}

// Unpacking its files was no time of the program's.
void Worker::on_started() {
  if (unpacked_timeout_ != milliseconds{0} && state_ == WorkerState::running) {
    deadline_->start(unpacked_timeout_);
  }
}

void Worker::over_limit(Cause cause) {
  if (cause_ == Cause::none) cause_ = cause;
  if (state_ == WorkerState::running) advance(WorkerEvent::over_limit);
  signal(SIGKILL);
}

// running: its time is up. ending: so is the time to flush.
void Worker::on_deadline() {
  if (state_ != WorkerState::ending) {
    let_flush(Cause::wall);
  } else if (still_wants_to_flush()) {
    deadline_->start(kFlushGrace);
  } else {
    signal(SIGKILL);
  }
}

// running: CPU time gets the same grace as wall-clock time; a program that takes up memory, threads
// or space gets none, for it would go on.
void Worker::on_exceeded(Cause cause) {
  if (state_ != WorkerState::running) return;
  if (cause == Cause::cpu) {
    let_flush(cause);
  } else {
    over_limit(cause);
  }
}

void Worker::let_flush(Cause cause) {
  cause_ = cause;
  advance(WorkerEvent::over_limit);
  auto usage = watch_->usage();
  if (usage) cpu_at_signal_ = usage->cpu;
  signal(protocol::kFlushSignal);
  deadline_->start(kFlushGrace);
}

// A program that sleeps, with the signal blocked, does not.
bool Worker::still_wants_to_flush() {
  if (++graces_ == kMostGraces) return false;
  auto usage = watch_->usage();
  return usage && usage->runnable && usage->cpu - cpu_at_signal_ < kFlushCpu;
}

void Worker::kill() {
  if (cause_ == Cause::none) cause_ = Cause::abandoned;
  signal(SIGKILL);
}

void Worker::signal(int number) {
  if (!parts_.pidfd) return;  // it has ended, or nobody waits for that
  watch_end();
  uv::send_signal(parts_.pidfd.get(), number);
}

// Any state but finished. Mostly the process is gone by now.
void Worker::on_stdout_closed() {
  if (finish_early() || pidfd_poll_ || end_if_gone()) return;
  watch_end();
}

// running → finished, where its process says so. One that has done what ends it is waited for, and
// what it was refused is taken then.
bool Worker::finish_early() {
  if (state_ != WorkerState::running || cause_ != Cause::none || !final_usage_) return false;
  auto usage = final_usage_->read();
  if (!usage) return false;
  if (output_.finish()) cause_ = Cause::output;
  if (cause_ != Cause::none || !output_.started()) return false;
  take_refusals();
  ended_at_ = Clock::now();
  used_cpu_us_ = static_cast<std::uint64_t>(usage->cpu.count());
  peak_kb_ = static_cast<long>(usage->peak_kb);
  advance(WorkerEvent::finish);
  owner_->on_worker_finished(*this);
  uv::send_signal(parts_.pidfd.get(), SIGKILL);  // it may only have said so
  stop_watching();
  pidfd_poll_.forget();
  parts_.pidfd.reset();
  return true;
}

// Nobody waits for that: to be woken up for it would cost the next program more than to ask later.
// Until it is reaped the pid is its own.
bool Worker::reap_finished() {
  PLAYGROUND_CHECK(state_ == WorkerState::finished);
  if (!uv::reap_by_pid(parts_.pid)) return false;
  take_refusals();
  advance(WorkerEvent::exit);
  return true;
}

void Worker::stop_watching() {
  if (watch_) watch_->stop();
  final_usage_.reset();
  input_poll_.reset();
  output_.close();
  deadline_.reset();
}

// Any state but finished. With the process every writer of its pipes is gone; what they hold is all
// there is.
bool Worker::end_if_gone() {
  auto exit = uv::reap(parts_.pidfd.get());
  if (!exit) return false;
  take_refusals();
  pidfd_poll_.forget();
  parts_.pidfd.reset();
  exit_ = *exit;
  ended_at_ = Clock::now();
  used_cpu_us_ = exit_.cpu_us();
  peak_kb_ = exit_.usage.ru_maxrss;
  bool told_to_end = exit_.signal == protocol::kFlushSignal || exit_.signal == SIGKILL;
  if (refused_.must_end() && told_to_end && cause_ == Cause::none) cause_ = Cause::denied;
  if (state_ == WorkerState::running || state_ == WorkerState::ending) {
    bool overflow = output_.finish();
    if (overflow && cause_ == Cause::none) cause_ = Cause::output;
  }
  advance(WorkerEvent::exit);
  stop_watching();
  bool failed = output_.started() && cause_ == Cause::none && exit_.signal == 0 && exit_.code != 0;
  failed ? judge_scratch() : end();
  return true;
}

// In place of what was taken before.
void Worker::take_refusals() {
  if (refusals_ != nullptr) refused_ = refusals_->take(parts_.pid);
}

// A program that failed with its folder full most likely failed for that. Looking takes a moment,
// which only programs that failed have to spare. In a slot, files that had no name any more have
// ended with the program: for these it counts what was seen last.
void Worker::judge_scratch() {
  measuring_ = measure_off_loop(loop_, folder(), limits_, [this](const FolderSize& size) {
    if (watch_->scratch_full() || is_full(size, limits_)) cause_ = Cause::disk;
    end();
  });
}

// What comes back of the folder is collected now that nothing changes it any more, however the
// program ended.
void Worker::end() {
  if (!collector_.expecting() || lost_before_start() || cause_ == Cause::abandoned) {
    owner_->on_worker_ended(*this);
    return;
  }
  collector_.start(loop_, parts_.folder.get(), [this] { owner_->on_worker_ended(*this); });
}

FolderView Worker::folder() const {
  return {parts_.folder.get(), place_.slot != protocol::kNoSlot};
}

Outcome Worker::take_outcome() {
  PLAYGROUND_CHECK(state_ == WorkerState::ended || state_ == WorkerState::finished);
  Verdict verdict = judge(exit_, cause_);
  Outcome outcome;
  outcome.out = output_.take(StandardStream::out);
  outcome.err = output_.take(StandardStream::err);
  outcome.out_truncated = output_.truncated(StandardStream::out);
  outcome.err_truncated = output_.truncated(StandardStream::err);
  outcome.status = verdict.status;
  outcome.limit = verdict.limit;
  outcome.exit_code = verdict.exit_code;
  outcome.signal = verdict.signal;
  if (refusals_ != nullptr) outcome.denied = std::move(refused_.names);
  outcome.duration_ms = to_ms(ended_at_ - run_at_);
  // The mark of one that ended at once may be read after its end.
  TimePoint started = output_.started() ? std::min(output_.started_at(), ended_at_) : ended_at_;
  outcome.start_ms = to_ms(started - run_at_);
  outcome.cpu_ms =
      static_cast<double>(used_cpu_us_ - std::min(used_cpu_us_, ready_cpu_us_)) / 1000.0;
  long peak_kb = peak_kb_ - static_cast<long>(ready_peak_kb_);
  long watched_kb = watch_ ? static_cast<long>(watch_->peak_kb()) : 0;
  outcome.memory_kb = std::max({0L, peak_kb, watched_kb});
  collector_.tell(outcome);
  return outcome;
}

}  // namespace playground::exec
