#include "exec/scratch.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace playground::exec {
namespace {

namespace fs = std::filesystem;

class ScratchTest : public ::testing::Test {
 protected:
  ScratchTest() {
    char name[] = "/dev/shm/test-playground-XXXXXX";  // in memory, as by default
    directory_ = ::mkdtemp(name);
  }
  ~ScratchTest() override { fs::remove_all(directory_); }

  std::unique_ptr<Scratch> open() {
    auto scratch = Scratch::open(directory_);
    EXPECT_TRUE(scratch.has_value());
    return std::move(*scratch);
  }

  fs::path directory_;
};

TEST_F(ScratchTest, FoldersAreEmptyDistinctAndGoneInTheEnd) {
  {
    auto scratch = open();
    auto one = scratch->create();
    auto two = scratch->create();
    ASSERT_TRUE(one && two);
    EXPECT_NE(*one, *two);
    EXPECT_TRUE(fs::is_empty(*one));
    struct stat parent {};
    ASSERT_EQ(::stat(fs::path(*one).parent_path().c_str(), &parent), 0);
    EXPECT_EQ(parent.st_mode & 0777, 0311u);
  }
  EXPECT_TRUE(fs::is_empty(directory_));
}

// One alone, and more than are waited for.
TEST_F(ScratchTest, DiscardedFoldersGoWhileTheServerLives) {
  auto scratch = open();
  for (std::size_t count : {1U, 50U}) {
    for (std::size_t i = 0; i < count; ++i) {
      auto folder = scratch->create();
      ASSERT_TRUE(folder);
      std::ofstream(fs::path(*folder) / "main.py") << "print()\n";
      scratch->discard(*folder);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!fs::is_empty(scratch->path()) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
    EXPECT_TRUE(fs::is_empty(scratch->path())) << count;
  }
}

TEST_F(ScratchTest, FoldersBelongToWhomTheyAreFor) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give folders away";
  auto scratch = Scratch::open(directory_, 65534);
  ASSERT_TRUE(scratch.has_value());
  auto folder = (*scratch)->create();
  ASSERT_TRUE(folder.has_value());
  struct stat info {};
  ASSERT_EQ(::stat(folder->c_str(), &info), 0);
  EXPECT_EQ(info.st_uid, 65534u);
  EXPECT_EQ(info.st_gid, 65534u);
  ASSERT_EQ(::stat((*scratch)->path().c_str(), &info), 0);
  EXPECT_EQ(info.st_uid, 0u);
}

TEST_F(ScratchTest, DeletesWhatADeadServerLeftAndNothingOfALivingOne) {
  auto living = open();
  auto kept = living->create();
  ASSERT_TRUE(kept.has_value());
  fs::create_directories(directory_ / "playground-dead" / "folder");
  std::ofstream(directory_ / "playground-dead.lock").put('x');
  fs::create_directories(directory_ / "of-somebody-else");

  auto successor = open();
  EXPECT_FALSE(fs::exists(directory_ / "playground-dead"));
  EXPECT_FALSE(fs::exists(directory_ / "playground-dead.lock"));
  EXPECT_TRUE(fs::exists(directory_ / "of-somebody-else"));
  EXPECT_TRUE(fs::exists(*kept));
}

TEST_F(ScratchTest, NamesTheDirectoryThatIsMissing) {
  auto scratch = Scratch::open((directory_ / "missing").string());
  ASSERT_FALSE(scratch.has_value());
  EXPECT_NE(scratch.error().message.find("missing"), std::string::npos);
}

class RemoveTreeTest : public ScratchTest {
 protected:
  void remove(const std::string& name) {
    int root = ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY);
    remove_tree(root, name);
    ::close(root);
  }
};

TEST_F(RemoveTreeTest, TakesAnyDepth) {
  // Deeper than any path may be long and than descriptors would reach.
  fs::create_directory(directory_ / "deep");
  int at = ::open((directory_ / "deep").c_str(), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < 3000; ++i) {
    ASSERT_EQ(::mkdirat(at, "d", 0700), 0);
    int below = ::openat(at, "d", O_RDONLY | O_DIRECTORY);
    ::close(at);
    at = below;
  }
  ::close(at);
  remove("deep");
  EXPECT_TRUE(fs::is_empty(directory_));
}

TEST_F(RemoveTreeTest, TakesFoldersWithoutPermissions) {
  fs::create_directories(directory_ / "closed" / "inner");
  std::ofstream(directory_ / "closed" / "inner" / "file").put('x');
  ::chmod((directory_ / "closed" / "inner").c_str(), 0);
  ::chmod((directory_ / "closed").c_str(), 0);
  remove("closed");
  EXPECT_TRUE(fs::is_empty(directory_));
}

TEST_F(RemoveTreeTest, FollowsNoLink) {
  fs::create_directory(directory_ / "outside");
  std::ofstream(directory_ / "outside" / "kept").put('x');
  fs::create_directory(directory_ / "used");
  fs::create_directory_symlink(directory_ / "outside", directory_ / "used" / "link");
  remove("used");
  EXPECT_TRUE(fs::exists(directory_ / "outside" / "kept"));
  EXPECT_FALSE(fs::exists(directory_ / "used"));
  fs::create_directory_symlink(directory_ / "outside", directory_ / "itself");
  remove("itself");
  EXPECT_FALSE(fs::is_symlink(directory_ / "itself"));
  EXPECT_TRUE(fs::exists(directory_ / "outside" / "kept"));
}

TEST_F(RemoveTreeTest, TakesFilesOfEveryKind) {
  fs::create_directory(directory_ / "mixed");
  ASSERT_EQ(::mkfifo((directory_ / "mixed" / "fifo").c_str(), 0600), 0);
  ASSERT_EQ(::symlink("/etc/passwd", (directory_ / "mixed" / "link").c_str()), 0);
  std::ofstream(directory_ / "mixed" / "\xff\xfe").put('x');
  remove("mixed");
  EXPECT_TRUE(fs::is_empty(directory_));
}

}  // namespace
}  // namespace playground::exec
