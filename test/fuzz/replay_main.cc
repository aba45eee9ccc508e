// Runs a fuzzer over every file of the folders that are named: what `make test` does with corpora
// and regressions, for compilers without libFuzzer. A file whose run aborts was named before.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzzer.h"

namespace {

std::vector<std::filesystem::path> files_of(const char* folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
  // Of exactly that size: reading behind the end is the sanitizer's to find.
  bytes.shrink_to_fit();
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& file : files_of(argv[i])) {
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      replay(file);
      ++count;
    }
  }
  std::printf("%zu inputs\n", count);
  // A folder that is misspelt, or was emptied, shall not pass for a test.
  return count > 0 ? 0 : 1;
}
