// PLAYGROUND_PYTHON: one file, or several with names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/python_values.h"
#include "load.h"

namespace playground::app {
namespace {

using ::testing::HasSubstr;

constexpr char kShell[] = "/bin/sh";  // an executable file that there is

std::vector<std::string> described(const std::vector<Python>& pythons) {
  std::vector<std::string> texts;
  for (const Python& python : pythons) texts.push_back(python.name + "=" + python.file);
  return texts;
}

std::vector<std::string> pythons_of(const std::string& value) {
  return described(config_of({{"PLAYGROUND_PYTHON", value}}).pythons);
}

std::string shown(const std::string& value) {
  return values::Pythons::show(config_of({{"PLAYGROUND_PYTHON", value}}));
}

TEST(Pythons, AFileAloneHasNoNameYet) {
  EXPECT_EQ(pythons_of(kShell), std::vector<std::string>{"=/bin/sh"});
  EXPECT_EQ(shown(kShell), kShell);
}

TEST(Pythons, SeveralHaveNamesAndAnOrder) {
  std::string value = "3.11=/bin/sh, my_venv-2 = /bin/ls";
  EXPECT_EQ(pythons_of(value), (std::vector<std::string>{"3.11=/bin/sh", "my_venv-2=/bin/ls"}));
  EXPECT_EQ(shown(value), "3.11=/bin/sh,my_venv-2=/bin/ls");
}

TEST(Pythons, OneMayHaveANameToo) {
  EXPECT_EQ(pythons_of("only=/bin/sh"), std::vector<std::string>{"only=/bin/sh"});
}

// Such a file is one, whatever is in its name: only the file system says that it is not there.
TEST(Pythons, APathMayContainWhatSeparatesNames) {
  EXPECT_THAT(refusal({{"PLAYGROUND_PYTHON", "/nowhere/a=b,c"}}),
              HasSubstr("\"/nowhere/a=b,c\": No such file or directory"));
}

TEST(Pythons, RefusesWhatIsNoListOfNamesAndFiles) {
  auto why = [](const std::string& value) { return refusal({{"PLAYGROUND_PYTHON", value}}); };
  EXPECT_THAT(why("a=/bin/sh,a=/bin/ls"), HasSubstr("a: the name is there twice; allowed: an exe"));
  EXPECT_THAT(why("a=/bin/sh,/bin/ls"), HasSubstr("a name is missing in front of a file"));
  EXPECT_THAT(why("=/bin/sh"), HasSubstr("a name has to be of 1 to 32 letters, digits"));
  EXPECT_THAT(why("a b=/bin/sh"), HasSubstr("\"a b\": a name has to be"));
  EXPECT_THAT(why(std::string(33, 'x') + "=/bin/sh"), HasSubstr("a name has to be of 1 to 32"));
  EXPECT_EQ(why(std::string(32, 'x') + "=/bin/sh"), "");
  EXPECT_THAT(why("a="), HasSubstr("\"a\": the file is missing"));
  EXPECT_THAT(why("a=/bin/sh,b=/nowhere"), HasSubstr("b: No such file or directory"));
}

TEST(Pythons, AreNamedByMajorAndMinorVersion) {
  EXPECT_EQ(values::name_of_version("3.11.2"), "3.11");
  EXPECT_EQ(values::name_of_version("3.14.0rc1"), "3.14");
  EXPECT_EQ(values::name_of_version("3.9"), "3.9");
}

}  // namespace
}  // namespace playground::app
