#include "app/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "app/options.h"

namespace playground::app {
namespace {

using testing::HasSubstr;

TEST(Help, NamesEveryOptionWithItsDefaultAndRange) {
  std::string help = help_text();
  std::string markdown = help_markdown();
  for (const Option& option : options()) {
    EXPECT_THAT(help, HasSubstr("  " + flag_of(option) + " " + std::string(option.value)));
    EXPECT_THAT(help, HasSubstr("(" + variable_of(option) + ")"));
    EXPECT_THAT(markdown,
                HasSubstr("| `" + variable_of(option) + "`<br>`" + flag_of(option) + "` |"));
    EXPECT_THAT(markdown, HasSubstr(allowed_by(option)));
    EXPECT_THAT(markdown, HasSubstr(option.standard));
    EXPECT_THAT(markdown, HasSubstr(option.help));
  }
}

TEST(Help, FitsInto100Columns) {
  std::istringstream lines(help_text());
  for (std::string line; std::getline(lines, line);) {
    std::size_t columns = 0;
    for (char c : line) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    EXPECT_LE(columns, 100U) << line;
  }
}

TEST(Help, ShowsComputedDefaultsInWords) {
  EXPECT_THAT(help_text(), HasSubstr("Default: 4 × cores, at least 8. Allowed: 1 to 1024."));
  EXPECT_THAT(help_markdown(), HasSubstr("| TIMEOUT_MS + 5000 |"));
  EXPECT_THAT(help_markdown(), HasSubstr("| `8` | 1 to 1024 | backend |"));
}

TEST(Help, TablesOfTheDocumentHaveTheSameColumnsInEveryRow) {
  std::istringstream lines(help_markdown());
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| `PLAYGROUND_")) {
      EXPECT_EQ(std::count(line.begin(), line.end(), '|'), 6) << line;
    }
  }
}

}  // namespace
}  // namespace playground::app
