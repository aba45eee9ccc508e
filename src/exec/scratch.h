// Scratch: the folder in which every worker gets an empty working directory of its own.
//
// Layout below PLAYGROUND_SCRATCH_DIR:
//   playground-<random>.lock   locked as long as the server lives, so that its successor can tell
//   playground-<random>/       can be entered but not listed (0311)
//     <128 random bits>/       one worker's, or a zygote's while it imports
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "base/unique_fd.h"
#include "exec/sweeper.h"

namespace playground::exec {

class Scratch {
 public:
  // Deletes what servers left behind that were killed, then makes this server's folder.
  // The folders that create() makes will belong to user and group `owner`; 0: to this process's
  // own. Errors: `directory` is missing or can't be written to.
  static Result<std::unique_ptr<Scratch>> open(const std::string& directory, uid_t owner = 0);
  // Deletes everything; waits for it.
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // The folder that all others are made in.
  std::string path() const { return directory_ + "/" + name_; }

  // Makes an empty folder and returns its absolute path. Errors: the volume is full.
  Result<std::string> create();

  // Deletes a folder that create() returned; off the calling thread.
  void discard(const std::string& path);

  // Empties a file system of a program's own, off the calling thread, and tells those that are:
  // Sweeper has the rules.
  void empty(UniqueFd volume, std::uint64_t ticket);
  std::vector<std::uint64_t> take_emptied(std::function<void()> notify);

 private:
  Scratch(std::string directory, std::string name, uid_t owner, UniqueFd lock, UniqueFd root);

  std::string directory_;
  std::string name_;
  uid_t owner_;
  UniqueFd lock_;
  UniqueFd root_;
  std::unique_ptr<Sweeper> sweeper_;
};

}  // namespace playground::exec
