#include "exec/pool.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/cpu_limit.h"

namespace playground::exec {
namespace {

// A program that was lost before its first instruction is given to another worker so many times in
// all.
constexpr int kMaxAttempts = 5;

// Private file systems beyond those that workers may have at once: those that are being emptied.
constexpr std::size_t kSpareSlots = 8;

// With what follows from the others, and from the machine.
PoolOptions completed(PoolOptions options) {
  options.workers.processors = whole_cores(read_cpu_limit());
  options.zygote.slots = options.workers.most + options.max_running + kSpareSlots;
  options.zygote.scratch_bytes = options.limits.scratch_bytes;
  options.zygote.scratch_entries = options.limits.scratch_entries;
  return options;
}

}  // namespace

struct Pool::Job {
  Program program;
  OnDone on_done;
  Reader* reader = nullptr;  // of a program that streams
  TimePoint submitted;
  TimePoint started;
  int attempts = 0;
  Worker* worker = nullptr;  // while running
  Refusal refusal = Refusal::queue_full;
};

Result<std::unique_ptr<Pool>> Pool::start(uv::Loop& loop, PoolOptions options, OnEvent on_event) {
  std::unique_ptr<Pool> pool(new Pool(loop, std::move(options), std::move(on_event)));
  if (auto started = pool->start_interpreters(loop); !started) {
    return Unexpected<Error>{started.error()};
  }
  return pool;
}

Pool::Pool(uv::Loop& loop, PoolOptions options, OnEvent on_event)
    : options_(completed(std::move(options))),
      on_event_(std::move(on_event)),
      turns_(options_.batch_share, options_.pythons.size()),
      waiting_(options_.pythons.size()),
      demand_(options_.pythons.size()),
      queue_timer_(uv::Timer::create(loop, [this] { on_queue_timeout(); })),
      refused_timer_(uv::Timer::create(loop, [this] { answer_refused(); })) {}

Result<void> Pool::start_interpreters(uv::Loop& loop) {
  PLAYGROUND_CHECK(!options_.pythons.empty());
  for (const PoolOptions::Python& python : options_.pythons) {
    InterpreterOptions options{python.name, options_.zygote, options_.scratch_directory,
                               options_.workers, options_.output_bytes};
    options.zygote.python = python.file;
    auto started = Interpreter::start(loop, std::move(options), *this);
    if (!started) return Unexpected<Error>{started.error()};
    interpreters_.push_back(std::move(*started));
  }
  return {};
}

Pool::~Pool() = default;

bool Pool::warm() const {
  auto warm = [](const auto& interpreter) { return interpreter->warm(); };
  auto alive = [](const auto& interpreter) { return interpreter->alive(); };
  return !abandoned_ && std::all_of(interpreters_.begin(), interpreters_.end(), warm) &&
         std::any_of(interpreters_.begin(), interpreters_.end(), alive);
}

void Pool::describe(OnDescribed on_described) {
  std::vector<InterpreterInfo> infos;
  for (const auto& interpreter : interpreters_) infos.push_back(interpreter->info());
  on_described(std::move(infos));
}

Runner::Ticket Pool::submit(Program program, OnDone on_done, Reader* reader) {
  PLAYGROUND_CHECK(program.interpreter < interpreters_.size());
  std::uint64_t id = next_id_++;
  Job& job = jobs_[id];
  job.program = std::move(program);
  job.program.stream = reader != nullptr;
  job.on_done = std::move(on_done);
  job.reader = reader;
  job.submitted = Clock::now();
  const Program& asked = job.program;
  if (abandoned_ || !(asked.batch || can_start(asked) || make_room(asked))) {
    if (abandoned_) job.refusal = Refusal::draining;
    refuse(id);
    return Ticket(this, id);
  }
  turns_.queue(asked.batch).push(id, asked.caller, asked.interpreter);
  pump();
  return Ticket(this, id);
}

// At once, without waiting in the queue.
bool Pool::can_start(const Program& program) const {
  return queue().size_of(program.interpreter) == 0 &&
         interpreters_[program.interpreter]->has_ready() && running() < options_.max_running;
}

bool Pool::make_room(const Program& program) {
  if (queue().size() < options_.queue_size) return true;
  auto displaced = queue().displace_for(program.caller, program.interpreter);
  if (displaced) refuse(*displaced);
  return displaced.has_value();
}

std::size_t Pool::running() const {
  std::size_t running = 0;
  for (const auto& interpreter : interpreters_) running += interpreter->running();
  return running;
}

void Pool::refuse(std::uint64_t id) {
  refused_.push_back(id);
  refused_timer_->start(milliseconds{0});
}

void Pool::pump() {
  dispatch();
  refill();
  arm_queue_timer();
}

void Pool::refill() {
  std::size_t running = this->running();
  find_demand(running);
  for (std::size_t i = 0; i < interpreters_.size(); ++i) {
    interpreters_[i]->refill(running, demand_[i]);
  }
}

// Programs of each interpreter that may run, and wait for a worker alone.
void Pool::find_demand(std::size_t running) {
  for (std::size_t i = 0; i < waiting_.size(); ++i) waiting_[i] = turns_.waiting(i);
  std::size_t places = options_.max_running - std::min(options_.max_running, running);
  share_places(places, waiting_, demand_);
}

void Pool::dispatch() {
  auto has_ready = [this](std::size_t lane) { return interpreters_[lane]->has_ready(); };
  while (running() < options_.max_running) {
    auto next = turns_.pop(has_ready);
    if (!next) return;
    auto job = jobs_.find(*next);
    PLAYGROUND_CHECK(job != jobs_.end());
    start_job(job->first, job->second);
  }
}

void Pool::start_job(std::uint64_t id, Job& job) {
  job.worker = &interpreters_[job.program.interpreter]->take(id);
  job.worker->batch = job.program.batch;
  job.started = Clock::now();
  ++job.attempts;
  job.program.crowded = running() > options_.workers.processors;
  RunLimits limits = options_.limits;
  if (job.program.memory_bytes != 0) limits.memory_bytes = job.program.memory_bytes;
  job.worker->run(job.program, limits);
}

// Nothing of the pool is held across the call: the reader may cancel.
bool Pool::on_output(Worker& worker, StandardStream from, std::string bytes) {
  auto job = jobs_.find(worker.tag);
  if (job == jobs_.end() || job->second.worker != &worker) return true;
  return job->second.reader->on_output(from, std::move(bytes));
}

void Pool::on_taken_finished(Worker& worker) {
  if (worker.batch) turns_.on_batch_ended();
  auto job = jobs_.find(worker.tag);
  if (job != jobs_.end() && job->second.worker == &worker)
    finish(job->first, worker.take_outcome());
  pump();
}

void Pool::on_taken_ended(Worker& worker) {
  if (worker.batch) turns_.on_batch_ended();
  auto job = jobs_.find(worker.tag);
  if (job == jobs_.end() || job->second.worker != &worker) {
    pump();  // nobody waits for it any more
    return;
  }
  job->second.worker = nullptr;
  const Program& program = job->second.program;
  if (!worker.lost_before_start()) {
    finish(job->first, worker.take_outcome());
  } else if (job->second.attempts < kMaxAttempts) {
    ++programs_rerun_;
    turns_.queue(program.batch).push_front(job->first, program.caller, program.interpreter);
  } else {
    finish(job->first, Unexpected<Refusal>{Refusal::no_worker});
  }
  pump();
}

// Nothing of the pool is held across the call: it may submit, cancel, or start to drain.
void Pool::finish(std::uint64_t id, Answer answer) {
  auto node = jobs_.extract(id);
  Job& job = node.mapped();
  TimePoint until = job.attempts > 0 ? job.started : Clock::now();
  double queued_ms = to_ms(until - job.submitted);
  job.on_done(std::move(answer), queued_ms);
}

void Pool::answer_refused() {
  for (std::uint64_t id : std::exchange(refused_, {})) {
    auto job = jobs_.find(id);
    if (job != jobs_.end()) finish(id, Unexpected<Refusal>{job->second.refusal});
  }
}

// Every program may wait equally long, so that the oldest is the first to be due.
void Pool::arm_queue_timer() {
  if (queue().empty()) {
    queue_timer_->stop();
    return;
  }
  if (queue_timer_->active()) return;
  auto waited = Clock::now() - jobs_.at(queue().oldest()).submitted;
  auto left = std::chrono::ceil<milliseconds>(options_.queue_timeout - waited);
  queue_timer_->start(std::max(left, milliseconds{0}));
}

void Pool::on_queue_timeout() {
  TimePoint now = Clock::now();
  while (!queue().empty()) {
    std::uint64_t id = queue().oldest();
    if (now - jobs_.at(id).submitted < options_.queue_timeout) break;
    queue().remove(id);
    finish(id, Unexpected<Refusal>{Refusal::queue_timeout});
  }
  refill();
  arm_queue_timer();
}

void Pool::cancel(std::uint64_t id) {
  auto job = jobs_.find(id);
  if (job == jobs_.end()) return;
  if (job->second.worker != nullptr) {
    job->second.worker->kill();
  } else {
    turns_.remove(id);
    refill();
  }
  jobs_.erase(job);
}

void Pool::resume(std::uint64_t id) {
  auto job = jobs_.find(id);
  if (job != jobs_.end() && job->second.worker != nullptr) job->second.worker->resume_output();
}

void Pool::abandon() {
  for (auto& interpreter : interpreters_) interpreter->stop();
  abandoned_ = true;
  std::vector<std::uint64_t> ids;
  for (auto& [id, job] : jobs_) ids.push_back(id);
  turns_.clear();
  for (std::uint64_t id : ids) {
    auto job = jobs_.find(id);
    if (job == jobs_.end()) continue;
    if (job->second.worker != nullptr) job->second.worker->kill();
    finish(id, Unexpected<Refusal>{Refusal::draining});
  }
}

PoolStats Pool::stats() const {
  PoolStats stats;
  stats.queued = queue().size();
  stats.callers_queued = queue().callers();
  stats.batch_running = turns_.batch_running();
  stats.batch_queued = turns_.queue(true).size();
  stats.programs_rerun = programs_rerun_;
  for (std::size_t i = 0; i < interpreters_.size(); ++i) {
    InterpreterStats one = interpreters_[i]->stats();
    one.queued = queue().size_of(i);
    stats.ready += one.ready;
    stats.warming += one.warming;
    stats.running += one.running;
    stats.workers_lost += one.workers_lost;
    stats.workers_given_back += one.workers_given_back;
    stats.zygote_starts += one.nursery.zygote_starts;
    stats.interpreters.push_back(std::move(one));
  }
  return stats;
}

}  // namespace playground::exec
