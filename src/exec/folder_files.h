// FolderFiles: finds and reads what a program left in its folder. The program chose every name and
// could put anything there, and where nothing keeps it from leaving processes behind, these go on
// changing it meanwhile: no link is followed, no way leads out of the folder, nothing is opened but
// folders and regular files, and nothing waits. May take a while: not for the loop's thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"

namespace playground::exec {

struct FoundFiles {
  std::vector<std::string> paths;  // of regular files; relative, UTF-8
  bool complete = true;            // false: there may be more, in what was not looked at
  bool unnamed = false;            // there are some whose names are not UTF-8
};

// What belongs to another user than the folder is passed over: a hard link to it gives away
// nothing. Stops when it has seen `max_entries` of all kinds, or 4 MiB of paths; does not look into
// folders that can't be opened, nor for paths of more than kMostPathBytes.
FoundFiles find_files(int folder, std::size_t max_entries);

// The content of a regular file of the folder's owner; nullopt when it is none, is larger than
// `most` bytes (holes count), or can't be read.
std::optional<std::string> read_file(int folder, const std::string& path, std::size_t most);

// Opens what lies at `path` below `folder`, for reading, by openat2(2). None with errno.
UniqueFd open_beneath(int folder, const std::string& path, int flags);

// The same name by name, where there is no openat2: gVisor has none, and container runtimes of
// before 2020 refuse it. Any but a plain path fails.
UniqueFd open_by_steps(int folder, std::string_view path, int flags);

}  // namespace playground::exec
