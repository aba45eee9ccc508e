// FolderSize: how much a program has put into its folder.
#pragma once

#include <cstddef>

namespace playground::exec {

struct FolderSize {
  std::size_t bytes = 0;    // allocated, so that holes in a file cost nothing
  std::size_t entries = 0;  // files and folders of every kind, the folder itself not
};

// A program's folder; belongs to someone else.
struct FolderView {
  int fd = -1;
  bool own_volume = false;  // the root of a file system of its own
};

// Counts until `max_entries` is passed; a folder nested deeper than 200 counts as passing it. No
// link is followed, nothing is opened but folders; what vanishes or can't be read meanwhile is
// passed over. May take a while: not for the loop's thread.
FolderSize measure_folder(int folder, std::size_t max_entries);

// What a file system of its own holds, as that counts itself: files without a name included. Takes
// no time to speak of.
FolderSize measure_volume(int folder);

}  // namespace playground::exec
