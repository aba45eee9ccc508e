#include "exec/interpreter.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace playground::exec {
namespace {

// So many that have finished are left to end in peace when another one has; and how long after the
// last of them all are asked for.
constexpr std::size_t kStillEnding = 3;
constexpr milliseconds kBuryPause{5};

}  // namespace

Result<std::unique_ptr<Interpreter>> Interpreter::start(uv::Loop& loop, InterpreterOptions options,
                                                        Owner& owner) {
  auto scratch = Scratch::open(options.scratch_directory, options.zygote.uid);
  if (!scratch) return Unexpected<Error>{scratch.error()};
  std::unique_ptr<Interpreter> interpreter(
      new Interpreter(loop, std::move(options), std::move(*scratch), owner));
  if (auto started = interpreter->nursery_.start(); !started) {
    return Unexpected<Error>{started.error()};
  }
  interpreter->refill();
  return interpreter;
}

Interpreter::Interpreter(uv::Loop& loop, InterpreterOptions options,
                         std::unique_ptr<Scratch> scratch, Owner& owner)
    : options_(std::move(options)),
      owner_(owner),
      scratch_(std::move(scratch)),
      policy_(options_.workers),
      refill_timer_(uv::Timer::create(loop, [this] { refill(); })),
      bury_timer_(uv::Timer::create(loop, [this] { bury_finished(); })),
      nursery_(loop, options_.zygote, options_.output_bytes, *scratch_, *this) {}

Interpreter::~Interpreter() {
  nursery_.stop();
  // Workers are killed and reaped before the scratch folder goes.
  ready_.clear();
  taken_.clear();
  retired_.clear();
  finished_.clear();
}

// The one that became ready last: of its memory the most is still in the processors' caches.
Worker& Interpreter::take(std::uint64_t tag) {
  PLAYGROUND_CHECK(!ready_.empty());
  Worker& worker = *ready_.back();
  taken_.emplace(&worker, std::move(ready_.back()));
  ready_.pop_back();
  worker.tag = tag;
  return worker;
}

void Interpreter::refill(std::size_t running, std::size_t demand) {
  running_ = running;
  demand_ = demand;
  refill();
}

// Workers of an earlier zygote are as good as gone.
void Interpreter::refill() {
  RefillView view{0, nursery_.on_the_way(), running_, demand_, warm_};
  view.ready = static_cast<std::size_t>(std::count_if(
      ready_.begin(), ready_.end(),
      [this](const auto& worker) { return worker->generation == nursery_.generation(); }));
  RefillStep step = policy_.next(view, Clock::now());
  give_back(step.give_back);
  if (step.again) {
    refill_timer_->start(*step.again);
  } else {
    refill_timer_->stop();
  }
  nursery_.want(step.want, step.patient);
}

void Interpreter::give_back(std::size_t count) {
  for (; count > 0; --count, ++workers_given_back_) {
    std::unique_ptr<Worker> worker = std::move(ready_.front());
    ready_.pop_front();
    retire(std::move(worker));
  }
}

// It is not among those that run, whose number is bounded.
void Interpreter::retire(std::unique_ptr<Worker> worker) {
  Worker& key = *worker;
  retired_.emplace(&key, std::move(worker));
  key.kill();
}

void Interpreter::stop() {
  refill_timer_->stop();
  nursery_.stop();
}

void Interpreter::on_generation() {
  policy_.forget_growth();
  refill();
}

void Interpreter::on_worker_born(std::unique_ptr<Worker> worker) {
  worker->set_owner(*this);
  // Workers of an earlier zygote have done their service as soon as one of the new has come, those
  // that become ready after it, too.
  while (!ready_.empty() && ready_.front()->generation < worker->generation) {
    retire(std::move(ready_.front()));
    ready_.pop_front();
  }
  if (!ready_.empty() && worker->generation < ready_.front()->generation) {
    retire(std::move(worker));  // it was on the way in the place of one that is to be ordered now
  } else {
    ready_.push_back(std::move(worker));
    if (ready_.size() >= options_.workers.size) warm_ = true;
  }
  owner_.on_ready_changed();
}

// By then those before it mostly have ended.
void Interpreter::on_worker_finished(Worker& worker) {
  std::unique_ptr<Worker> finished = std::move(taken_.extract(&worker).mapped());
  owner_.on_taken_finished(worker);
  while (finished_.size() > kStillEnding && bury(*finished_.front())) finished_.pop_front();
  finished_.push_back(std::move(finished));
  bury_timer_->start(kBuryPause);
}

bool Interpreter::bury(Worker& finished) {
  if (!finished.reap_finished()) return false;
  nursery_.bury(finished);
  return true;
}

void Interpreter::bury_finished() {
  std::erase_if(finished_, [this](const auto& worker) { return bury(*worker); });
  if (!finished_.empty()) bury_timer_->start(kBuryPause);
}

void Interpreter::on_worker_ended(Worker& worker) {
  nursery_.bury(worker);
  auto retired = retired_.extract(&worker);
  if (!retired.empty()) return;
  auto taken = taken_.extract(&worker);
  if (taken.empty()) {
    on_ready_lost(worker);
  } else {
    owner_.on_taken_ended(worker);
  }
}

void Interpreter::on_ready_lost(Worker& worker) {
  auto lost = std::find_if(ready_.begin(), ready_.end(),
                           [&](const auto& candidate) { return candidate.get() == &worker; });
  PLAYGROUND_CHECK(lost != ready_.end());
  std::unique_ptr<Worker> keep_until_return = std::move(*lost);
  ready_.erase(lost);
  ++workers_lost_;
  owner_.on_event(*this, "worker_lost", std::to_string(worker.pid()));
  owner_.on_ready_changed();
}

InterpreterInfo Interpreter::info() const {
  InterpreterInfo info = nursery_.state().info;
  info.name = options_.name;
  return info;
}

InterpreterStats Interpreter::stats() const {
  InterpreterStats stats;
  stats.name = options_.name;
  stats.python = options_.zygote.python;
  stats.up = alive();
  stats.ready = ready_.size();
  stats.warming = nursery_.on_the_way();
  stats.running = taken_.size();
  stats.workers_lost = workers_lost_;
  stats.workers_given_back = workers_given_back_;
  stats.generation = nursery_.generation();
  stats.nursery = nursery_.state();
  return stats;
}

}  // namespace playground::exec
