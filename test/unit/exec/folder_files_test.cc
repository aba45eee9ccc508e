// The reader against folders that were made to deceive it.
#include "exec/folder_files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include <filesystem>
#include <fstream>

namespace playground::exec {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::size_t kMost = 1 << 20;

class FolderFilesTest : public ::testing::Test {
 protected:
  FolderFilesTest() {
    char name[] = "/dev/shm/test-playground-XXXXXX";
    outside_ = ::mkdtemp(name);
    root_ = outside_ / "folder";
    fs::create_directory(root_);
    folder_.reset(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  ~FolderFilesTest() override { fs::remove_all(outside_); }

  void write(const fs::path& name, std::string_view content = "x") {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << content;
  }
  FoundFiles find(std::size_t most = 1000) { return find_files(folder_.get(), most); }
  std::optional<std::string> read(const std::string& path, std::size_t most = kMost) {
    return read_file(folder_.get(), path, most);
  }

  fs::path outside_;
  fs::path root_;
  UniqueFd folder_;
};

TEST_F(FolderFilesTest, FindsFilesAtAnyDepthAndReadsThem) {
  write("a", "one");
  write("b/c/d", std::string("t\0wo", 4));
  fs::create_directory(root_ / "empty");
  auto found = find();
  EXPECT_THAT(found.paths, UnorderedElementsAre("a", "b/c/d"));
  EXPECT_TRUE(found.complete);
  EXPECT_FALSE(found.unnamed);
  EXPECT_EQ(read("a"), "one");
  EXPECT_EQ(read("b/c/d"), std::string("t\0wo", 4));
}

TEST_F(FolderFilesTest, FollowsNoLink) {
  write("plain/file");
  std::ofstream(outside_ / "secret") << "secret";
  fs::create_symlink("/etc/passwd", root_ / "passwd");
  fs::create_symlink("../secret", root_ / "up");
  fs::create_symlink("plain/file", root_ / "inside");
  fs::create_directory_symlink("/etc", root_ / "etc");
  fs::create_directory_symlink("plain", root_ / "again");
  fs::create_symlink("self", root_ / "self");
  fs::create_symlink("/proc/self/fd/0", root_ / "magic");
  EXPECT_THAT(find().paths, ElementsAre("plain/file"));
  for (const char* path : {"passwd", "up", "inside", "etc/passwd", "again/file", "self", "magic"}) {
    EXPECT_EQ(read(path), std::nullopt) << path;
  }
}

TEST_F(FolderFilesTest, LeadsNowhereElse) {
  write("a");
  std::ofstream(outside_ / "secret") << "secret";
  for (const char* path : {"../secret", "a/../../secret", "/etc/passwd", "..", ".", "", "a/"}) {
    EXPECT_EQ(read(path), std::nullopt) << path;
  }
}

TEST_F(FolderFilesTest, WaitsForNoFifoAndOpensNothingThatIsNoFile) {
  ASSERT_EQ(::mkfifo((root_ / "fifo").c_str(), 0666), 0);
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{AF_UNIX, {}};
  std::string path = root_ / "socket";
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  bool made = ::mknod((root_ / "null").c_str(), S_IFCHR | 0666, makedev(1, 3)) == 0;
  auto found = find();
  EXPECT_THAT(found.paths, IsEmpty());
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(read("fifo"), std::nullopt);
  EXPECT_EQ(read("socket"), std::nullopt);
  EXPECT_EQ(read("null"), std::nullopt) << made;
}

TEST_F(FolderFilesTest, AHardLinkToAnothersFileIsNoneOfTheFolders) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to have another's file";
  std::ofstream(outside_ / "others") << "secret";
  ASSERT_EQ(::chown((outside_ / "others").c_str(), 12345, 12345), 0);
  fs::create_hard_link(outside_ / "others", root_ / "link");
  write("own", "own");
  fs::create_hard_link(root_ / "own", root_ / "twin");
  EXPECT_THAT(find().paths, UnorderedElementsAre("own", "twin"));
  EXPECT_EQ(read("link"), std::nullopt);
  EXPECT_EQ(read("twin"), "own");
}

TEST_F(FolderFilesTest, NamesThatAreNoTextAreToldApart) {
  write("plain");
  write("\xFF\xFE");
  write("\xFFolder/below");
  write("a\nb");
  auto found = find();
  EXPECT_THAT(found.paths, UnorderedElementsAre("plain", "a\nb"));
  EXPECT_TRUE(found.unnamed);
  EXPECT_TRUE(found.complete);
}

TEST_F(FolderFilesTest, PathsAreNoLongerThanTheSystemTakes) {
  const std::string deep(200, 'd');
  UniqueFd at(::dup(folder_.get()));
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(::mkdirat(at.get(), deep.c_str(), 0700), 0);
    at.reset(::openat(at.get(), deep.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    UniqueFd file(::openat(at.get(), "f", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    ASSERT_TRUE(file);
  }
  auto found = find();
  EXPECT_EQ(found.paths.size(), 20u);  // of 201 bytes a folder, 4095 in all
  EXPECT_FALSE(found.complete);
  for (const auto& path : found.paths) EXPECT_EQ(read(path), "") << path.size();
}

TEST_F(FolderFilesTest, StopsWhenThereAreTooMany) {
  for (int i = 0; i < 20; ++i) write(std::to_string(i));
  EXPECT_TRUE(find(20).complete);
  auto found = find(19);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.paths.size(), 19u);
}

TEST_F(FolderFilesTest, WhatIsTooLargeIsNotRead) {
  write("ten", "0123456789");
  EXPECT_EQ(read("ten", 10), "0123456789");
  EXPECT_EQ(read("ten", 9), std::nullopt);
  write("sparse", "");
  fs::resize_file(root_ / "sparse", std::uintmax_t{1} << 40);
  EXPECT_EQ(read("sparse"), std::nullopt);
}

TEST_F(FolderFilesTest, AFolderThatIsGoneHasNothing) {
  fs::remove_all(root_);
  EXPECT_THAT(find().paths, IsEmpty());
  EXPECT_THAT(find_files(-1, 10).paths, IsEmpty());
  EXPECT_EQ(read_file(-1, "a", 10), std::nullopt);
}

TEST_F(FolderFilesTest, OpensTheSameWithoutOpenat2) {
  write("a/b", "x");
  std::ofstream(outside_ / "secret") << "secret";
  fs::create_symlink("a", root_ / "link");
  fs::create_symlink("b", root_ / "a" / "also");
  EXPECT_TRUE(open_by_steps(folder_.get(), "a/b", 0));
  EXPECT_TRUE(open_by_steps(folder_.get(), "a", O_DIRECTORY));
  for (const char* path : {"link/b", "a/also", "link", "../secret", "a/../../secret", "/etc/passwd",
                           "a//b", "", ".", "a/b/", "none/b"}) {
    EXPECT_FALSE(open_by_steps(folder_.get(), path, 0)) << path;
  }
}

}  // namespace
}  // namespace playground::exec
