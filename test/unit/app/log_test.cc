#include "app/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits.h>
#include <signal.h>
#include <simdjson.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <sstream>
#include <thread>
#include <vector>

#include "base/unique_fd.h"

namespace playground::log {
namespace {

using testing::MatchesRegex;

// The log goes into a pipe that the test reads.
class Log : public testing::Test {
 protected:
  Log() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    read_.reset(ends[0]);
    write_.reset(ends[1]);
    ::fcntl(read_.get(), F_SETFL, O_NONBLOCK);
  }
  ~Log() override { configure(Level::info, Format::json); }

  std::string read() {
    std::string text;
    char bytes[4096];
    for (ssize_t count; (count = ::read(read_.get(), bytes, sizeof bytes)) > 0;) {
      text.append(bytes, static_cast<std::size_t>(count));
    }
    return text;
  }

  std::vector<std::string> read_lines() {
    std::istringstream text(read());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
  }

  // Leaves room for `room` bytes, which is a multiple of a page, in the pipe.
  void fill(std::size_t room) {
    ASSERT_EQ(::fcntl(write_.get(), F_SETPIPE_SZ, 65536), 65536);
    std::string filling(65536 - room, '.');
    ASSERT_EQ(::write(write_.get(), filling.data(), filling.size()),
              static_cast<ssize_t>(filling.size()));
  }

  UniqueFd read_;
  UniqueFd write_;
};

TEST_F(Log, IsOneJsonObjectALine) {
  configure(Level::info, Format::json, write_.get());
  std::string text = "a \"b\"\n{}\xff";
  info("listening", {{"role", "ui"},
                     {"text", text},
                     {"count", 3},
                     {"big", std::size_t{1} << 40},
                     {"ms", 0.25},
                     {"yes", true},
                     {"no", false}});
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 1U);
  simdjson::dom::parser parser;
  simdjson::dom::object line;
  ASSERT_EQ(parser.parse(lines[0]).get(line), simdjson::SUCCESS) << lines[0];
  EXPECT_EQ(std::string_view(line["level"]), "info");
  EXPECT_EQ(std::string_view(line["event"]), "listening");
  EXPECT_EQ(std::string_view(line["role"]), "ui");
  EXPECT_EQ(std::string_view(line["text"]), "a \"b\"\n{}\xEF\xBF\xBD");
  EXPECT_EQ(std::int64_t(line["count"]), 3);
  EXPECT_EQ(std::int64_t(line["big"]), std::int64_t{1} << 40);
  EXPECT_EQ(double(line["ms"]), 0.25);
  EXPECT_EQ(bool(line["yes"]), true);
  EXPECT_EQ(bool(line["no"]), false);
}

TEST_F(Log, HasItsKeysInOrderAndTheTimeInUtc) {
  ::setenv("TZ", "Asia/Tokyo", 1);
  ::tzset();
  configure(Level::info, Format::json, write_.get());
  auto before = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  info("drain", {{"state", "done"}});
  std::string line = read();
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_THAT(line, MatchesRegex(R"(\{"ts":"[0-9-]+T[0-9:]+\.[0-9][0-9][0-9]Z","level":"info",)"
                                 R"("event":"drain","state":"done"\}.)"));
  tm parts{};
  ASSERT_NE(::strptime(line.substr(7, 19).c_str(), "%Y-%m-%dT%H:%M:%S", &parts), nullptr);
  EXPECT_NEAR(static_cast<double>(::timegm(&parts)), static_cast<double>(before), 5);
}

TEST_F(Log, NumbersThatJsonLacksAreNull) {
  configure(Level::info, Format::json, write_.get());
  info("e", {{"a", std::numeric_limits<double>::infinity()}, {"b", std::nan("")}});
  EXPECT_THAT(read(), testing::HasSubstr(R"("a":null,"b":null})"));
}

TEST_F(Log, ForPeopleIsText) {
  configure(Level::debug, Format::text, write_.get());
  info("listening", {{"role", "ui"}, {"address", "127.0.0.1:5000"}});
  warning("backend_failed", {{"detail", "not \"reached\"\n"}, {"empty", ""}, {"tries", 2}});
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], MatchesRegex("[0-9:]+[.][0-9][0-9][0-9] info    listening role=ui "
                                     "address=127[.]0[.]0[.]1:5000"));
  EXPECT_EQ(lines[1].substr(13),
            R"(warning backend_failed detail="not \"reached\"\n" empty="" tries=2)");
}

TEST_F(Log, OnATerminalIsColoured) {
  UniqueFd terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(terminal);
  ASSERT_EQ(::grantpt(terminal.get()), 0);
  ASSERT_EQ(::unlockpt(terminal.get()), 0);
  UniqueFd slave(::open(::ptsname(terminal.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
  ASSERT_TRUE(slave);
  configure(Level::info, Format::text, slave.get());
  warning("e", {{"a", 1}});
  char bytes[200];
  ssize_t count = ::read(terminal.get(), bytes, sizeof bytes);
  ASSERT_GT(count, 13);
  EXPECT_EQ(std::string(bytes + 13, static_cast<std::size_t>(count) - 13),
            "\033[33mwarning\033[0m e a=1\r\n");
  EXPECT_EQ(::fcntl(slave.get(), F_GETFL) & O_NONBLOCK, 0) << "others share this descriptor";
}

TEST_F(Log, WritesOnlyWhatIsImportantEnough) {
  configure(Level::warning, Format::text, write_.get());
  EXPECT_FALSE(enabled(Level::info));
  debug("a");
  info("b");
  warning("c");
  error("d");
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].substr(13), "warning c");
  EXPECT_EQ(lines[1].substr(13), "error   d");
}

TEST_F(Log, AFullPipeCostsLinesAndTellsHowMany) {
  configure(Level::info, Format::text, write_.get());
  fill(0);
  info("lost");
  info("lost");
  EXPECT_EQ(read().size(), 65536U);
  info("after");
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].substr(13), "warning log_lines_lost count=2");
  EXPECT_EQ(lines[1].substr(13), "info    after");
  info("later");
  EXPECT_EQ(read_lines().size(), 1U);
}

TEST_F(Log, AReportOfLostLinesIsJsonToo) {
  configure(Level::info, Format::json, write_.get());
  fill(0);
  info("lost");
  read();
  info("after");
  simdjson::dom::parser parser;
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 2U);
  simdjson::dom::object line;
  ASSERT_EQ(parser.parse(lines[0]).get(line), simdjson::SUCCESS) << lines[0];
  EXPECT_EQ(std::string_view(line["event"]), "log_lines_lost");
  EXPECT_EQ(std::int64_t(line["count"]), 1);
}

TEST_F(Log, ALineThatIsTornDoesNotTearTheNext) {
  configure(Level::info, Format::text, write_.get());
  fill(PIPE_BUF);
  std::string text(3 * PIPE_BUF, 'x');
  info("torn", {{"text", text}});
  EXPECT_EQ(read().size(), 65536U);
  info("after");
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "");
  EXPECT_EQ(lines[1].substr(13), "warning log_lines_lost count=1");
  EXPECT_EQ(lines[2].substr(13), "info    after");
}

TEST_F(Log, ALongLineIsWrittenWhole) {
  configure(Level::info, Format::text, write_.get());
  std::string text(40'000, 'x');
  info("long", {{"text", text}});
  auto lines = read_lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].substr(13), "info    long text=" + text);
}

TEST_F(Log, AReaderThatIsGoneEndsNothing) {
  ::signal(SIGPIPE, SIG_DFL);
  configure(Level::info, Format::json, write_.get());
  read_.reset();
  info("unheard");
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  UniqueFd socket(ends[0]);
  ::close(ends[1]);
  configure(Level::info, Format::json, socket.get());
  info("unheard");
}

TEST_F(Log, ADescriptorThatIsClosedEndsNothing) {
  int closed = ::dup(write_.get());
  ::close(closed);
  configure(Level::info, Format::json, closed);
  info("unheard");
  configure(Level::info, Format::json, -1);
  info("unheard");
  EXPECT_EQ(read(), "");
}

TEST_F(Log, LinesOfSeveralThreadsStayWholeAndNameTheirLoop) {
  configure(Level::info, Format::json, write_.get());
  ASSERT_GT(::fcntl(write_.get(), F_SETPIPE_SZ, 1 << 20), 0);
  constexpr int kLines = 500;
  std::vector<std::thread> loops;
  for (int loop = 1; loop <= 3; ++loop) {
    loops.emplace_back([loop] {
      set_loop(loop);
      for (int i = 0; i < kLines; ++i) info("event", {{"number", i}});
    });
  }
  for (std::thread& loop : loops) loop.join();
  info("last");
  std::map<std::int64_t, std::int64_t> next;
  simdjson::dom::parser parser;
  std::vector<std::string> lines = read_lines();
  ASSERT_EQ(lines.size(), 3U * kLines + 1);
  for (const std::string& line : lines) {
    auto object = parser.parse(line);
    ASSERT_EQ(object.error(), simdjson::SUCCESS) << line;
    std::int64_t loop = 0;
    if (object["loop"].get(loop) != simdjson::SUCCESS) {
      EXPECT_EQ(std::string(object["event"]), "last");
      continue;
    }
    EXPECT_EQ(std::int64_t{object["number"]}, next[loop]++) << line;
  }
  EXPECT_EQ(next, (std::map<std::int64_t, std::int64_t>{{1, kLines}, {2, kLines}, {3, kLines}}));
}

}  // namespace
}  // namespace playground::log
