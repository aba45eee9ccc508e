// Sweeper: deletes used folders on a thread of its own. A program may leave hundreds of thousands
// of files, any depth of folders, and folders without permissions; neither the loop nor the zygote
// may wait for that.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "base/unique_fd.h"

namespace playground::exec {

class Sweeper {
 public:
  // `root` is the folder that all names given to remove() lie in.
  explicit Sweeper(UniqueFd root);
  // Deletes what is still waiting, then ends the thread.
  ~Sweeper();

  // Queues the entry `name` of the root folder.
  void remove(std::string name);

 private:
  void run();

  UniqueFd root_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> names_;
  bool stopping_ = false;
  std::thread thread_;
};

// Deletes the entry `name` of the folder `root` with everything below it, following no link. Nested
// folders are moved up into `root` first, so that the depth costs neither descriptors nor stack.
// What can't be deleted stays; the caller can't do better.
void remove_tree(int root, const std::string& name);

}  // namespace playground::exec
