#include "app/versions_json.h"

#include <gtest/gtest.h>

namespace playground::app {
namespace {

TEST(WriteVersions, NamesTheDefaultAndWhatIsKnownOfEach) {
  exec::InterpreterInfo first{"3.11", "3.11.2", "cpython", protocol::Tier::t1, {}};
  first.modules = {{"numpy", "1.24.2"}, {"json", ""}};
  exec::InterpreterInfo second{"venv", "", "", protocol::Tier::none, {}};
  EXPECT_EQ(write_versions({first, second}),
            R"j({"default":"3.11","versions":[)j"
            R"j({"name":"3.11","version":"3.11.2","implementation":"cpython","tier":"T1",)j"
            R"j("modules":[{"name":"numpy","version":"1.24.2"},{"name":"json","version":null}]},)j"
            R"j({"name":"venv","version":null,"implementation":null,"tier":null,"modules":[]}]})j");
}

TEST(ReadModules, AreALineEach) {
  auto modules = exec::read_modules("numpy\t1.24.2\njson\t\n");
  ASSERT_EQ(modules.size(), 2U);
  EXPECT_EQ(modules[0].name, "numpy");
  EXPECT_EQ(modules[0].version, "1.24.2");
  EXPECT_EQ(modules[1].name, "json");
  EXPECT_EQ(modules[1].version, "");
  EXPECT_TRUE(exec::read_modules("").empty());
}

}  // namespace
}  // namespace playground::app
