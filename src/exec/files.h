// Files that a program is given with its request, and those that are taken from its folder when it
// has ended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exec/glob.h"
#include "pool/protocol.h"

namespace playground::exec {

// The most of them, each way.
inline constexpr std::size_t kMostFiles = 1000;
inline constexpr std::size_t kMostPathBytes = protocol::kMostPathBytes - 1;
// Where a program's figures wait for its end, below its folder.
inline constexpr std::string_view kFiguresFolder = protocol::kFiguresFolder;

struct InputFile {
  std::string path;  // relative, and nothing but names; the folders on the way are made
  std::string content;
};

// Which files are wanted back: none, all that are neither hidden nor Python's caches, or those that
// match one of the patterns.
struct FilesOut {
  bool all = false;
  bool by_patterns = false;  // of which there may be none
  std::vector<Glob> patterns{};

  bool wanted() const { return all || by_patterns; }
};

struct OutputFile {
  std::string path;    // relative; UTF-8
  std::string base64;  // its content
};

struct OutputFiles {
  std::vector<OutputFile> files;
  bool left_out = false;  // there were more: they would have been too many or too much
};

}  // namespace playground::exec
