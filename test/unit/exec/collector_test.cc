// What is taken of a folder, and what is left there.
#include "exec/collector.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/base64.h"
#include "base/unique_fd.h"

namespace playground::exec {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::string kPng = "\x89PNG\r\n\x1a\nand more";

class CollectorTest : public ::testing::Test {
 protected:
  CollectorTest() {
    char name[] = "/dev/shm/test-playground-XXXXXX";
    root_ = ::mkdtemp(name);
    limits_.reply_bytes = 1000;
    program_.code = "print(1)";
    program_.files_out.all = true;
    write("main.py", program_.code);
  }
  ~CollectorTest() override { fs::remove_all(root_); }

  void write(const fs::path& name, std::string_view content) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << content;
  }
  void want(std::initializer_list<const char*> patterns) {
    program_.files_out = {false, true, {}};
    for (const char* pattern : patterns) {
      program_.files_out.patterns.push_back(*Glob::parse(pattern));
    }
  }
  Collected collected() {
    UniqueFd folder(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return collect(folder.get(), collection_order(program_, limits_));
  }
  static std::vector<std::pair<std::string, std::string>> contents(const OutputFiles& list) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& file : list.files) {
      files.emplace_back(file.path, decode_base64(file.base64).value());
    }
    return files;
  }

  fs::path root_;
  RunLimits limits_;
  Program program_;
};

TEST_F(CollectorTest, AllFilesComeByPath) {
  write("b", "2");
  write("a/c", "3");
  write("a/b", "");
  Collected what = collected();
  EXPECT_THAT(contents(*what.files),
              ElementsAre(Pair("a/b", ""), Pair("a/c", "3"), Pair("b", "2")));
  EXPECT_FALSE(what.files->left_out);
  EXPECT_FALSE(what.plots.has_value());
}

TEST_F(CollectorTest, HiddenFilesAndCachesComeOnlyWhenTheyAreNamed) {
  write(".hidden", "h");
  write(".config/a", "c");
  write("d/.e/f", "e");
  write("__pycache__/m.pyc", "p");
  write("d/__pycache__/m.pyc", "p");
  write("__pycache__.txt", "t");
  EXPECT_THAT(contents(*collected().files), ElementsAre(Pair("__pycache__.txt", "t")));
  want({".*", ".config/*", "__pycache__/*"});
  EXPECT_THAT(
      contents(*collected().files),
      ElementsAre(Pair(".config/a", "c"), Pair(".hidden", "h"), Pair("__pycache__/m.pyc", "p")));
}

TEST_F(CollectorTest, WhatMatchesAPatternComes) {
  write("a.csv", "1");
  write("b.txt", "2");
  write("out/c.csv", "3");
  want({"*.csv", "out/**"});
  EXPECT_THAT(contents(*collected().files),
              ElementsAre(Pair("a.csv", "1"), Pair("out/c.csv", "3")));
  want({});
  EXPECT_THAT(collected().files->files, IsEmpty());
}

TEST_F(CollectorTest, WhatWasGivenComesOnceItHasChanged) {
  program_.files = {{"same", "abc"}, {"longer", "abc"}, {"other", "abc"}, {"gone", "abc"}};
  write("same", "abc");
  write("longer", "abcd");
  write("other", "abd");
  EXPECT_THAT(contents(*collected().files),
              ElementsAre(Pair("longer", "abcd"), Pair("other", "abd")));
  write("main.py", "print(2)");
  EXPECT_THAT(contents(*collected().files)[1], Pair("main.py", "print(2)"));
}

TEST_F(CollectorTest, WhatDoesNotFitIsLeftOutAndTold) {
  write("a", std::string(600, 'a'));
  write("b", std::string(600, 'b'));
  write("c", std::string(400, 'c'));
  Collected what = collected();
  ASSERT_EQ(what.files->files.size(), 2u);
  EXPECT_EQ(what.files->files[0].path, "a");
  EXPECT_EQ(what.files->files[1].path, "c");
  EXPECT_TRUE(what.files->left_out);
}

TEST_F(CollectorTest, WhatWasGivenAndIsTooLargeIsLeftOutOnlyOnceItHasChanged) {
  program_.files = {{"large", std::string(5000, 'x')}};
  write("large", std::string(5000, 'x'));
  EXPECT_FALSE(collected().files->left_out);
  write("large", std::string(5000, 'y'));
  Collected what = collected();
  EXPECT_THAT(what.files->files, IsEmpty());
  EXPECT_TRUE(what.files->left_out);
}

TEST_F(CollectorTest, ThereAreNotMoreThanAThousand) {
  for (int i = 0; i < 1001; ++i) write("f" + std::to_string(i), "");
  Collected what = collected();
  EXPECT_EQ(what.files->files.size(), kMostFiles);
  EXPECT_TRUE(what.files->left_out);
}

TEST_F(CollectorTest, ANameThatIsNoTextIsLeftOutWhereAllAreWanted) {
  write("\xFF", "x");
  EXPECT_THAT(collected().files->files, IsEmpty());
  EXPECT_TRUE(collected().files->left_out);
  want({"*"});
  EXPECT_FALSE(collected().files->left_out);
}

TEST_F(CollectorTest, MatchingEndsWhenItTakesTooLong) {
  for (int i = 0; i < 200; ++i) write(std::string(250, 'a') + std::to_string(i), "");
  std::string slow = "*" + std::string(125, 'a');
  want({});
  for (int i = 0; i < 100; ++i) program_.files_out.patterns.push_back(*Glob::parse(slow + "b"));
  Collected what = collected();
  EXPECT_THAT(what.files->files, IsEmpty());
  EXPECT_TRUE(what.files->left_out);
}

TEST_F(CollectorTest, FiguresComeInTheirOrderAndAreNoFiles) {
  program_.plots = true;
  fs::path folder{std::string(kFiguresFolder)};
  for (int number : {10, 2, 1}) write(folder / ("figure-" + std::to_string(number) + ".png"), kPng);
  write("a.png", kPng);
  Collected what = collected();
  ASSERT_EQ(what.plots->files.size(), 3u);
  EXPECT_EQ(what.plots->files[0].path, "figure-1.png");
  EXPECT_EQ(what.plots->files[1].path, "figure-2.png");
  EXPECT_EQ(what.plots->files[2].path, "figure-10.png");
  EXPECT_THAT(contents(*what.files), ElementsAre(Pair("a.png", kPng)));
  want({".*/*"});
  EXPECT_THAT(collected().files->files, IsEmpty());
}

TEST_F(CollectorTest, OnlyPngIsAFigure) {
  program_.plots = true;
  program_.files_out = {};
  fs::path folder{std::string(kFiguresFolder)};
  write(folder / "figure-1.png", "<script>");
  write(folder / "figure-2.png", "\x89PNG");
  for (const char* name : {"figure-3.png.part", "figure-.png", "figure-x.png", "figure--1.png",
                           "other.png", "figure-4.pngx", "below/figure-5.png"}) {
    write(folder / name, kPng);
  }
  fs::create_symlink("/etc/passwd", root_ / folder / "figure-6.png");
  Collected what = collected();
  EXPECT_THAT(what.plots->files, IsEmpty());
  EXPECT_FALSE(what.files.has_value());
}

TEST_F(CollectorTest, FiguresAndFilesShareOneLimit) {
  program_.plots = true;
  fs::path folder{std::string(kFiguresFolder)};
  write(folder / "figure-1.png", kPng + std::string(800, 'x'));
  write("a", std::string(300, 'a'));
  Collected what = collected();
  EXPECT_EQ(what.plots->files.size(), 1u);
  EXPECT_FALSE(what.plots->left_out);
  EXPECT_THAT(what.files->files, IsEmpty());
  EXPECT_TRUE(what.files->left_out);
}

TEST_F(CollectorTest, NothingIsExpectedOfAProgramThatAskedForNothing) {
  Collector collector;
  collector.expect(Program{}, limits_);
  EXPECT_FALSE(collector.expecting());
  Outcome outcome;
  collector.tell(outcome);
  EXPECT_FALSE(outcome.files || outcome.plots);
}

TEST_F(CollectorTest, WhatCouldNotBeCollectedIsAnEmptyList) {
  Collector collector;
  program_.plots = true;
  collector.expect(program_, limits_);
  EXPECT_TRUE(collector.expecting());
  Outcome outcome;
  collector.tell(outcome);
  EXPECT_THAT(outcome.files->files, IsEmpty());
  EXPECT_THAT(outcome.plots->files, IsEmpty());
}

}  // namespace
}  // namespace playground::exec
