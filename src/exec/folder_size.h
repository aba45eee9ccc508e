// FolderSize: how much a program has put into its folder.
#pragma once

#include <cstddef>
#include <string>

namespace playground::exec {

struct FolderSize {
  std::size_t bytes = 0;    // allocated, so that holes in a file cost nothing
  std::size_t entries = 0;  // files and folders of every kind, the folder itself not
};

// Counts until `max_entries` is passed; a folder nested deeper than 200 counts as passing it. No
// link is followed, nothing is opened but folders; what vanishes or can't be read meanwhile is
// passed over. May take a while: not for the loop's thread.
FolderSize measure_folder(const std::string& path, std::size_t max_entries);

}  // namespace playground::exec
