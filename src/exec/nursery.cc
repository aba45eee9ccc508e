#include "exec/nursery.h"

#include <sys/wait.h>

#include <utility>

#include "base/text.h"

namespace playground::exec {
namespace {

// Orders that may lie in the control socket at once; it holds some two hundred.
constexpr std::size_t kMaxOrders = 64;

// Without any sign of life for so long a zygote is taken for stuck. Importing may take its time.
constexpr milliseconds kStuckImporting{120'000};
constexpr milliseconds kStuckForking{15'000};

constexpr milliseconds kOrphanInterval{100};

}  // namespace

Nursery::Nursery(uv::Loop& loop, ZygoteOptions options, std::size_t output_limit, Scratch& scratch,
                 Owner& owner)
    : loop_(loop),
      options_(std::move(options)),
      output_limit_(output_limit),
      scratch_(scratch),
      places_(loop, scratch, [this] { order_missing(); }),
      owner_(owner),
      retry_(uv::Timer::create(loop, [this] { order_missing(); })),
      stuck_(uv::Timer::create(loop, [this] { on_stuck(); })),
      orphans_(uv::Timer::create(loop, [this] { reap_orphans(); })) {
  options_.scratch = scratch.path();
}

Nursery::~Nursery() {
  stop();
  end_groups();
}

// The probe takes its time while the interpreter starts.
Result<void> Nursery::start() {
  if (options_.sandbox_max >= protocol::Tier::t1) {
    auto mount = places_.make_mount();
    if (!mount) return Unexpected<Error>{mount.error()};
    options_.mount = std::move(*mount);
  }
  auto started = start_zygote();
  if (started) cgroup_layers_ = probe_cgroups(options_.sandbox_max);
  return started;
}

Result<void> Nursery::start_zygote() {
  auto home = scratch_.create();
  if (!home) return Unexpected<Error>{home.error()};
  next_home_ = options_.home = std::move(*home);
  auto zygote = Zygote::start(loop_, options_, *this);
  if (!zygote) {
    discard_home();
    return Unexpected<Error>{zygote.error()};
  }
  next_ = std::move(*zygote);
  ++state_.zygote_starts;
  stuck_->start(kStuckImporting);
  return {};
}

// Once all is imported nobody needs it, and programs shall not find anything that they share.
void Nursery::discard_home() {
  if (!next_home_.empty()) scratch_.discard(std::exchange(next_home_, {}));
}

void Nursery::want(std::size_t count, bool patient) {
  wanted_ = count;
  patient_ = patient;
  if (!retry_->active()) order_missing();
}

void Nursery::order_missing() {
  if (stopped_) return;
  if (current_ == nullptr) {
    if (next_ != nullptr) return;
    if (auto started = start_zygote(); !started) {
      owner_.on_nursery_event("zygote_start_failed", started.error().message);
      retry_later();
    }
    return;
  }
  while (on_the_way() < wanted_ && orders_.size() < kMaxOrders) {
    Ordered done = order_one();
    if (done == Ordered::ordered) continue;
    if (done == Ordered::failed) retry_later();  // else Places tells
    return;
  }
}

Nursery::Ordered Nursery::order_one() {
  auto taken = places_.take();
  if (!taken) {
    owner_.on_nursery_event("scratch_failed", taken.error().message);
    return Ordered::failed;
  }
  if (!taken->has_value()) return Ordered::no_place;
  WorkerPlace& place = **taken;
  std::uint64_t id = next_id_++;
  if (!current_->order(id, places_.path_of(place), place.slot, patient_)) {
    places_.give_back(place);
    return Ordered::failed;
  }
  orders_.emplace(id, std::move(place));
  if (!stuck_->active()) stuck_->start(kStuckForking);
  return Ordered::ordered;
}

// Of a zygote that is gone, or no longer the present one: its workers never came, can't be told
// from others' any more, or can't say that they are ready.
void Nursery::void_orders() {
  for (auto& [id, worker] : warming_) worker->kill();
  for (auto& [id, place] : std::exchange(orders_, {})) places_.give_back(place);
}

// The next zygote takes the present one's place; orders that the present one has not answered are
// void.
void Nursery::on_zygote_ready(Zygote& zygote, const protocol::Hello& hello, UniqueFd listener) {
  if (&zygote != next_.get()) return;
  Sandbox sandbox = read_sandbox(hello, cgroup_layers_);
  bool told = static_cast<bool>(listener);
  if (!accept(sandbox, std::move(listener))) {
    next_->kill();
    return;
  }
  refusals_told_ = told;
  void_orders();
  if (current_ != nullptr) dead_groups_.insert(current_->pid());
  current_ = std::move(next_);
  discard_home();
  places_.renew(hello.slots);
  state_.zygote_pid = current_->pid();
  state_.info = read_info(hello);
  state_.preload_errors = hello.preload_errors;
  state_.kept_modules = hello.kept_modules;
  state_.sandbox = std::move(sandbox);
  owner_.on_nursery_event("zygote_ready", state_.info.version);
  for (std::string_view line : split_list(state_.preload_errors, '\n')) {
    owner_.on_nursery_event("preload_failed", line);
  }
  for (std::string_view line : split_list(hello.preload_warnings, '\n')) {
    owner_.on_nursery_event("preload_threads", line);
  }
  if (hello.kept_error[0] != '\0') owner_.on_nursery_event("stdlib_not_kept", hello.kept_error);
  if (!dead_groups_.empty()) orphans_->repeat(kOrphanInterval);
  progress();
  owner_.on_generation();
}

// Whether the next zygote's sandbox is enough, and its refused calls will be answered.
bool Nursery::accept(const Sandbox& sandbox, UniqueFd listener) {
  if (std::string lack = shortfall(sandbox, options_.sandbox); !lack.empty()) {
    owner_.on_nursery_event("sandbox_unmet", lack);
    return false;
  }
  if (!listener) return true;
  auto served = refusals_.serve(std::move(listener), next_->pid());
  if (!served) owner_.on_nursery_event("refusals_unserved", served.error().message);
  return served.has_value();
}

void Nursery::on_spawned(Zygote& zygote, std::uint64_t id, WorkerParts parts) {
  auto order = orders_.find(id);
  // An order that was voided: dropping the parts closes the worker's stdin, which ends it.
  if (order == orders_.end()) {
    dead_groups_.insert(zygote.pid());
    orphans_->repeat(kOrphanInterval);
    return;
  }
  known_pids_.insert(parts.pid);
  Worker::Owner& self = *this;
  auto worker = std::make_unique<Worker>(loop_, std::move(parts), std::move(order->second),
                                         output_limit_, self);
  worker->generation = generation();
  worker->order = id;
  if (refusals_told_) worker->tell_refusals(refusals_);
  if (state_.sandbox.tier == protocol::Tier::none) worker->watch_end();
  orders_.erase(order);
  warming_.emplace(id, std::move(worker));
  progress();
}

// Of an order that was voided nothing more is to be heard.
bool Nursery::on_ready(Zygote&, const protocol::Ready& ready) {
  auto node = warming_.extract(ready.id);
  if (node.empty()) return !orders_.contains(ready.id);
  node.mapped()->become_ready(ready);
  backoff_.reset();
  progress();
  owner_.on_worker_born(std::move(node.mapped()));
  return true;
}

void Nursery::on_spawn_failed(Zygote&, std::uint64_t id, int error) {
  auto order = orders_.find(id);
  if (order == orders_.end()) return;
  places_.give_back(order->second);
  orders_.erase(order);
  owner_.on_nursery_event("spawn_failed", errno_text(error));
  retry_later();
}

// It died before it was ready. Another one is due, but not at once, if that goes on and on. One of
// an earlier zygote was given up.
void Nursery::on_worker_ended(Worker& worker) {
  auto node = warming_.extract(worker.order);
  bury(worker);
  if (worker.generation != generation()) {
    if (!retry_->active()) order_missing();
    return;
  }
  owner_.on_nursery_event("worker_lost_warming", std::to_string(worker.pid()));
  retry_later();
}

void Nursery::on_zygote_ended(Zygote& zygote, const uv::Exit& exit) {
  std::string how =
      exit.signal != 0 ? signal_name(exit.signal) : "exit code " + std::to_string(exit.code);
  owner_.on_nursery_event("zygote_ended", how);
  if (&zygote == next_.get()) {
    next_.reset();
    discard_home();
  } else {
    void_orders();
    dead_groups_.insert(zygote.pid());
    orphans_->repeat(kOrphanInterval);
    state_.zygote_pid = 0;
    current_.reset();
  }
  if (!stopped_) retry_later();
}

void Nursery::renew() {
  if (stopped_ || next_ != nullptr) return;
  if (auto started = start_zygote(); !started) {
    owner_.on_nursery_event("zygote_start_failed", started.error().message);
  }
}

// Someone has made a step: what is still due gets its full time again.
void Nursery::progress() {
  if (next_ != nullptr) {
    stuck_->start(kStuckImporting);
  } else if (on_the_way() > 0) {
    stuck_->start(kStuckForking);
  } else {
    stuck_->stop();
  }
}

void Nursery::on_stuck() {
  owner_.on_nursery_event("zygote_stuck", std::to_string(state_.zygote_pid));
  for (auto& [id, worker] : warming_) worker->kill();
  if (next_ != nullptr) {
    next_->kill();
  } else if (current_ != nullptr) {
    current_->kill();
  }
}

// A zygote that died between a fork and the message about it leaves a child of this process that
// nobody knows; one with a pid namespace leaves that's first process. Such children end by
// themselves (their stdin is closed; no worker is left) and are reaped here.
void Nursery::reap_orphans() {
  for (auto group = dead_groups_.begin(); group != dead_groups_.end();) {
    siginfo_t info{};
    auto id = static_cast<id_t>(*group);
    bool has_children = ::waitid(P_PGID, id, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
    if (has_children && info.si_pid != 0 && info.si_pid != *group &&
        !known_pids_.contains(info.si_pid)) {
      ::waitid(P_PID, static_cast<id_t>(info.si_pid), &info, WEXITED);
      refusals_.take(info.si_pid);
      continue;
    }
    group = has_children ? std::next(group) : dead_groups_.erase(group);
  }
  if (dead_groups_.empty()) orphans_->stop();
}

// At the end: whoever is left of the groups is ended and waited for.
void Nursery::end_groups() {
  for (int group : std::exchange(dead_groups_, {})) uv::kill_and_reap_group(group);
}

void Nursery::bury(Worker& worker) {
  known_pids_.erase(worker.pid());
  places_.give_back(worker.place(), worker.take_folder(), worker.generation);
}

void Nursery::stop() {
  if (std::exchange(stopped_, true)) return;
  retry_->stop();
  stuck_->stop();
  std::vector<std::pair<WorkerPlace, UniqueFd>> used;
  for (auto& [id, worker] : warming_) used.emplace_back(worker->place(), worker->take_folder());
  warming_.clear();
  for (auto& [place, folder] : used) places_.give_back(place, std::move(folder), generation());
  void_orders();
  for (auto* zygote : {&next_, &current_}) {
    if (*zygote != nullptr) dead_groups_.insert((*zygote)->pid());
    zygote->reset();
  }
  discard_home();
  state_.zygote_pid = 0;
}

}  // namespace playground::exec
