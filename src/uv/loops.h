// Loops: the event loops of a process. The first belongs to the thread that made them, which also
// calls everything here; each further one has a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "uv/loop_thread.h"

namespace playground::uv {

class Loops {
 public:
  // At least one. The threads wait for start().
  explicit Loops(std::size_t count);

  std::size_t count() const { return 1 + others_.size(); }
  Loop& at(std::size_t index) { return index == 0 ? first_ : others_[index - 1]->loop(); }
  Mailbox& mailbox(std::size_t index) {
    return index == 0 ? mailbox_ : others_[index - 1]->mailbox();
  }

  void start();
  // Ends the further loops' threads: from now on their handles are the caller's to drop.
  void stop_others();

  // Has `work` called once for each loop, by its own thread, and then `done` by this one. With one
  // loop both have been called when this returns; else `done` comes in a later turn, or never if
  // the loops are stopped before.
  void on_each(
      const std::function<void(std::size_t loop)>& work, std::function<void()> done = [] {});

 private:
  struct Round {
    std::size_t left = 0;  // loops that have not done their work
    std::function<void()> done;
  };

  void on_worked(std::uint64_t round);

  Loop first_;
  Mailbox mailbox_{first_};
  std::vector<std::unique_ptr<LoopThread>> others_;
  // Here and not in what travels, so that `done` lives and dies on this thread.
  std::map<std::uint64_t, Round> rounds_;
  std::uint64_t next_round_ = 1;
};

}  // namespace playground::uv
