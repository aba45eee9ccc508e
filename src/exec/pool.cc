#include "exec/pool.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace playground::exec {
namespace {

// A program that was lost before its first instruction is given to another worker so many times in
// all.
constexpr int kMaxAttempts = 5;

// A worker that was taken is replaced when its program has ended, or after so long: forking and
// warming the next one would compete with the program for the processor.
constexpr milliseconds kRefillDelay{2};

// Private file systems beyond those that workers may have at once: those that are being emptied.
constexpr std::size_t kSpareSlots = 8;

PoolOptions with_slots(PoolOptions options) {
  options.zygote.slots = options.size + options.max_running + kSpareSlots;
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
  auto scratch = Scratch::open(options.scratch_directory, options.zygote.uid);
  if (!scratch) return Unexpected<Error>{scratch.error()};
  std::unique_ptr<Pool> pool(
      new Pool(loop, std::move(options), std::move(*scratch), std::move(on_event)));
  if (auto started = pool->nursery_.start(); !started) return Unexpected<Error>{started.error()};
  pool->refill();
  return pool;
}

Pool::Pool(uv::Loop& loop, PoolOptions options, std::unique_ptr<Scratch> scratch, OnEvent on_event)
    : options_(with_slots(std::move(options))),
      on_event_(std::move(on_event)),
      scratch_(std::move(scratch)),
      turns_(options_.batch_share),
      queue_timer_(uv::Timer::create(loop, [this] { on_queue_timeout(); })),
      refused_timer_(uv::Timer::create(loop, [this] { answer_refused(); })),
      refill_timer_(uv::Timer::create(loop, [this] { refill(); })),
      nursery_(loop, options_.zygote, options_.output_bytes, *scratch_, *this) {}

Pool::~Pool() {
  nursery_.stop();
  // Workers are killed and reaped before the scratch folder goes.
  ready_.clear();
  running_.clear();
}

Runner::Ticket Pool::submit(Program program, OnDone on_done, Reader* reader) {
  std::uint64_t id = next_id_++;
  Job& job = jobs_[id];
  job.program = std::move(program);
  job.program.stream = reader != nullptr;
  job.on_done = std::move(on_done);
  job.reader = reader;
  job.submitted = Clock::now();
  bool at_once = queue().empty() && !ready_.empty() && running_.size() < options_.max_running;
  const Program& asked = job.program;
  if (abandoned_ || !(asked.batch || at_once || make_room(asked.caller))) {
    if (abandoned_) job.refusal = Refusal::draining;
    refuse(id);
    return Ticket(this, id);
  }
  turns_.queue(asked.batch).push(id, asked.caller);
  dispatch();
  refill_soon();
  arm_queue_timer();
  return Ticket(this, id);
}

bool Pool::make_room(const std::string& caller) {
  if (queue().size() < options_.queue_size) return true;
  auto displaced = queue().displace_for(caller);
  if (displaced) refuse(*displaced);
  return displaced.has_value();
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

void Pool::dispatch() {
  while (turns_.due() && !ready_.empty() && running_.size() < options_.max_running) {
    auto job = jobs_.find(turns_.pop());
    PLAYGROUND_CHECK(job != jobs_.end());
    start_job(job->first, job->second);
  }
}

void Pool::start_job(std::uint64_t id, Job& job) {
  std::unique_ptr<Worker> worker = std::move(ready_.front());
  ready_.pop_front();
  worker->tag = id;
  worker->batch = job.program.batch;
  job.worker = worker.get();
  job.started = Clock::now();
  ++job.attempts;
  running_.emplace(job.worker, std::move(worker));
  RunLimits limits = options_.limits;
  if (job.program.memory_bytes != 0) limits.memory_bytes = job.program.memory_bytes;
  job.worker->run(job.program, limits);
}

// Those of an earlier zygote are as good as gone.
void Pool::refill() {
  auto ready = static_cast<std::size_t>(std::count_if(
      ready_.begin(), ready_.end(),
      [this](const auto& worker) { return worker->generation == nursery_.generation(); }));
  nursery_.want(options_.size > ready ? options_.size - ready : 0);
}

// At once only where a burst has used up half of the pool.
void Pool::refill_soon() {
  if (ready_.size() * 2 <= options_.size) {
    refill();
  } else if (!refill_timer_->active()) {
    refill_timer_->start(kRefillDelay);
  }
}

void Pool::on_worker_born(std::unique_ptr<Worker> worker) {
  worker->set_owner(*this);
  // Workers of an earlier zygote have done their service as soon as one of the new has come.
  while (!ready_.empty() && ready_.front()->generation < worker->generation) {
    ready_.front()->kill();
    running_.emplace(ready_.front().get(), std::move(ready_.front()));
    ready_.pop_front();
  }
  ready_.push_back(std::move(worker));
  if (ready_.size() >= options_.size) warm_ = true;
  pump();
}

void Pool::on_worker_ready(Worker&) {
  PLAYGROUND_CHECK(false);
}

// Nothing of the pool is held across the call: the reader may cancel.
bool Pool::on_worker_output(Worker& worker, StandardStream from, std::string bytes) {
  auto job = jobs_.find(worker.tag);
  if (job == jobs_.end() || job->second.worker != &worker) return true;
  return job->second.reader->on_output(from, std::move(bytes));
}

void Pool::on_worker_ended(Worker& worker) {
  nursery_.bury(worker);
  auto node = running_.extract(&worker);
  if (node.empty()) {
    on_ready_worker_lost(worker);
    return;
  }
  if (worker.batch) turns_.on_batch_ended();
  auto job = jobs_.find(worker.tag);
  if (job == jobs_.end() || job->second.worker != &worker) {
    pump();  // nobody waits for it any more
    return;
  }
  job->second.worker = nullptr;
  if (!worker.lost_before_start()) {
    finish(job->first, worker.take_outcome());
  } else if (job->second.attempts < kMaxAttempts) {
    ++programs_rerun_;
    const Program& program = job->second.program;
    turns_.queue(program.batch).push_front(job->first, program.caller);
  } else {
    finish(job->first, Unexpected<Refusal>{Refusal::no_worker});
  }
  pump();
}

void Pool::on_ready_worker_lost(Worker& worker) {
  auto lost = std::find_if(ready_.begin(), ready_.end(),
                           [&](const auto& candidate) { return candidate.get() == &worker; });
  PLAYGROUND_CHECK(lost != ready_.end());
  std::unique_ptr<Worker> keep_until_return = std::move(*lost);
  ready_.erase(lost);
  ++workers_lost_;
  on_event_("worker_lost", std::to_string(worker.pid()));
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
  arm_queue_timer();
}

void Pool::cancel(std::uint64_t id) {
  auto job = jobs_.find(id);
  if (job == jobs_.end()) return;
  if (job->second.worker != nullptr) {
    job->second.worker->kill();
  } else {
    turns_.remove(id);
  }
  jobs_.erase(job);
}

void Pool::resume(std::uint64_t id) {
  auto job = jobs_.find(id);
  if (job != jobs_.end() && job->second.worker != nullptr) job->second.worker->resume_output();
}

void Pool::abandon() {
  nursery_.stop();
  abandoned_ = true;
  warm_ = false;
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
  stats.ready = ready_.size();
  stats.warming = nursery_.on_the_way();
  stats.running = running_.size();
  const FairQueue& queue = turns_.queue(false);
  stats.queued = queue.size();
  stats.callers_queued = queue.callers();
  stats.batch_running = turns_.batch_running();
  stats.batch_queued = turns_.queue(true).size();
  stats.workers_lost = workers_lost_;
  stats.programs_rerun = programs_rerun_;
  stats.generation = nursery_.generation();
  stats.nursery = nursery_.state();
  return stats;
}

}  // namespace playground::exec
