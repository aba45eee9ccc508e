// Sweeper: deletes or empties used folders on a thread of its own. A program may leave hundreds of
// thousands of files, any depth of folders, and folders without permissions; neither the loop nor
// the zygote may wait for that. Nor does a program: the thread sleeps a little while folders
// gather, because to be woken up for each would take a processor from the next program each time.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/unique_fd.h"

namespace playground::exec {

class Sweeper {
 public:
  // `root` is the folder that all names given to remove() lie in; `owner` whom the volumes given to
  // empty() belong to, 0 for this process's own user.
  Sweeper(UniqueFd root, uid_t owner);
  // Deletes what is still waiting, then ends the thread.
  ~Sweeper();

  // Queues the entry `name` of the root folder.
  void remove(std::string name);

  // Queues the file system that `volume` is the root of: it is to be as if it were new. It may take
  // until the kernel has let go of what the last program left.
  void empty(UniqueFd volume, std::uint64_t ticket);

  // The tickets of those that are by now. Where there are none and `notify` is given, that is
  // called once there are, from another thread; an empty one takes that back.
  std::vector<std::uint64_t> take_emptied(std::function<void()> notify);

 private:
  struct Volume {
    UniqueFd root;
    std::uint64_t ticket;
  };

  std::size_t waiting() const { return names_.size() + used_.size(); }
  bool urgent() const;
  void wake_up();
  void run();
  void sweep(std::vector<Volume>& volumes);

  UniqueFd root_;
  uid_t owner_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> names_;
  std::vector<Volume> used_;
  std::vector<std::uint64_t> emptied_;
  std::function<void()> notify_;
  bool stopping_ = false;
  std::thread thread_;
};

// Deletes the entry `name` of the folder `root` with everything below it, following no link. Nested
// folders are moved up into `root` first, so that the depth costs neither descriptors nor stack.
// What can't be deleted stays; the caller can't do better.
void remove_tree(int root, const std::string& name);

// Makes a file system that only `owner` (0: whoever calls) can have written to as good as new.
// Whether it is, by what it counts itself: what has no name any more may be held by the kernel yet.
bool empty_volume(int volume, uid_t owner);

}  // namespace playground::exec
