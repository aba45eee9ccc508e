#include "uv/poll_set.h"

#include <sys/epoll.h>

#include <cerrno>
#include <utility>

#include "base/check.h"

namespace playground::uv {
namespace {

// As many as are told in one turn of the loop; the others are in the next one.
constexpr int kMostEvents = 64;

}  // namespace

PollSet::PollSet(Loop& loop)
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      poll_(Poll::create(loop, epoll_.get(), [this](int) { on_ready(); })) {
  PLAYGROUND_CHECK(epoll_.get() >= 0);
  poll_->start(UV_READABLE);
  poll_->keep_loop(false);
}

void PollSet::control(int operation, int fd, std::uint64_t id, Member::Tell tell) {
  epoll_event event{};
  event.events = tell == Member::Tell::always ? EPOLLIN : EPOLLONESHOT;  // the end is told anyway
  event.data.u64 = id;
  // Fails only for a descriptor that can't be polled (a plain file), which no caller has.
  PLAYGROUND_CHECK(::epoll_ctl(epoll_.get(), operation, fd, &event) == 0);
}

void PollSet::remove(std::uint64_t id) {
  callbacks_.erase(id);
  if (callbacks_.empty()) poll_->keep_loop(false);
}

// A callback may end its own membership and any other's: each is looked up when its turn comes.
void PollSet::on_ready() {
  epoll_event events[kMostEvents];
  const int count = ::epoll_wait(epoll_.get(), events, kMostEvents, 0);
  PLAYGROUND_CHECK(count >= 0 || errno == EINTR);
  for (int i = 0; i < count; ++i) {
    auto found = callbacks_.find(events[i].data.u64);
    if (found == callbacks_.end()) continue;
    auto callback = found->second;
    callback();
  }
}

PollSet::Member::Member(PollSet& set, int fd, Tell tell, std::function<void()> on_readable)
    : set_(&set), fd_(fd), id_(set.next_id_++) {
  set.callbacks_.emplace(id_, std::move(on_readable));
  set.poll_->keep_loop(true);
  set.control(EPOLL_CTL_ADD, fd, id_, tell);
}

void PollSet::Member::tell(Tell tell, std::function<void()> on_readable) {
  PLAYGROUND_CHECK(set_ != nullptr);
  set_->callbacks_[id_] = std::move(on_readable);
  set_->control(EPOLL_CTL_MOD, fd_, id_, tell);
}

PollSet::Member::Member(Member&& other) noexcept
    : set_(std::exchange(other.set_, nullptr)), fd_(other.fd_), id_(other.id_) {}

PollSet::Member& PollSet::Member::operator=(Member&& other) noexcept {
  leave();
  set_ = std::exchange(other.set_, nullptr);
  fd_ = other.fd_;
  id_ = other.id_;
  return *this;
}

void PollSet::Member::leave() {
  if (set_ == nullptr) return;
  ::epoll_ctl(set_->epoll_.get(), EPOLL_CTL_DEL, fd_, nullptr);
  forget();
}

void PollSet::Member::forget() {
  if (PollSet* set = std::exchange(set_, nullptr)) set->remove(id_);
}

}  // namespace playground::uv
