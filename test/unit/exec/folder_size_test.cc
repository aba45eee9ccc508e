#include "exec/folder_size.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/unique_fd.h"

namespace playground::exec {
namespace {

namespace fs = std::filesystem;

class FolderSizeTest : public ::testing::Test {
 protected:
  FolderSizeTest() {
    char name[] = "/dev/shm/test-playground-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~FolderSizeTest() override { fs::remove_all(folder_); }
  void write(const fs::path& name, std::size_t bytes) {
    std::ofstream(folder_ / name) << std::string(bytes, 'x');
  }
  FolderSize measure(std::size_t most = 1000) {
    UniqueFd folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return measure_folder(folder.get(), most);
  }

  fs::path folder_;
};

TEST_F(FolderSizeTest, CountsFilesAndFoldersBelow) {
  fs::create_directories(folder_ / "a" / "b");
  write("a/b/one", 10'000);
  write("two", 1);
  FolderSize size = measure();
  EXPECT_EQ(size.entries, 4u);
  EXPECT_GE(size.bytes, 10'001u);
  EXPECT_LT(size.bytes, 30'000u);
}

TEST_F(FolderSizeTest, HolesCostNothing) {
  write("sparse", 1);
  fs::resize_file(folder_ / "sparse", std::uintmax_t{1} << 30);
  EXPECT_LT(measure().bytes, 20'000u);
}

TEST_F(FolderSizeTest, FollowsNoLink) {
  fs::create_directory_symlink("/usr", folder_ / "link");
  EXPECT_EQ(measure().entries, 1u);
}

TEST_F(FolderSizeTest, StopsOnceThereAreTooMany) {
  for (int i = 0; i < 50; ++i) write(std::to_string(i), 0);
  EXPECT_EQ(measure(10).entries, 11u);
}

TEST_F(FolderSizeTest, ADeepNestCountsAsTooMany) {
  fs::path deep = folder_;
  for (int i = 0; i < 210; ++i) deep /= "d";
  fs::create_directories(deep);
  EXPECT_GT(measure().entries, 1000u);
}

TEST_F(FolderSizeTest, OneThatCannotBeReadIsEmpty) {
  EXPECT_EQ(measure_folder(-1, 10).entries, 0u);
  EXPECT_EQ(measure_volume(-1).entries, 0u);
}

TEST_F(FolderSizeTest, OneThatWasDeletedIsEmpty) {
  UniqueFd folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  fs::remove(folder_);
  EXPECT_EQ(measure_folder(folder.get(), 10).entries, 0u);
}

}  // namespace
}  // namespace playground::exec
