// PollSet: tells when descriptors that live for a moment can be read: pipes and pidfds of workers.
// They are in one epoll instance of its own, which libuv sees as one descriptor: to begin and to
// end with one costs a system call each, of which uv_poll makes six.
#pragma once

#include <cstdint>
#include <functional>

#include "base/recycled.h"
#include "base/unique_fd.h"
#include "uv/poll.h"

namespace playground::uv {

class PollSet {
 public:
  explicit PollSet(Loop& loop);
  PollSet(const PollSet&) = delete;
  PollSet& operator=(const PollSet&) = delete;

  // One descriptor, which belongs to someone else. Empty, or dropped, nothing is told any more.
  class Member {
   public:
    enum class Tell {
      always,  // as long as it can be read, or its other end is closed
      hangup,  // only once nobody holds its other end any more; then it rests until tell()
    };

    Member() = default;
    // The callback may drop the Member.
    Member(PollSet& set, int fd, Tell tell, std::function<void()> on_readable);
    Member(Member&& other) noexcept;
    Member& operator=(Member&& other) noexcept;
    ~Member() { leave(); }

    explicit operator bool() const { return set_ != nullptr; }
    // From now on instead; of a Member that is not empty.
    void tell(Tell tell, std::function<void()> on_readable);
    void leave();
    // The same where the descriptor is closed next, which ends it, too.
    void forget();

   private:
    PollSet* set_ = nullptr;
    int fd_ = -1;
    std::uint64_t id_ = 0;
  };

 private:
  void control(int operation, int fd, std::uint64_t id, Member::Tell tell);
  void remove(std::uint64_t id);
  void on_ready();

  UniqueFd epoll_;
  RecycledHashMap<std::uint64_t, std::function<void()>> callbacks_;
  std::uint64_t next_id_ = 1;
  Owned<Poll> poll_;
};

}  // namespace playground::uv
