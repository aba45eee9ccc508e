#include "app/config.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "load.h"

namespace playground::app {
namespace {

TEST(Config, WithoutAnythingGivenHasTheDefaults) {
  Config config = config_of({});
  EXPECT_EQ(config.ui_listen, (Endpoint{"127.0.0.1", 5000}));
  EXPECT_EQ(config.backend_listen, (Endpoint{"127.0.0.1", 6000}));
  EXPECT_EQ(config.admin_listen, (Endpoint{"127.0.0.1", 9090}));
  EXPECT_TRUE(config.backends.empty());
  ASSERT_EQ(config.pythons.size(), 1U);
  EXPECT_EQ(config.pythons[0].file, "/usr/bin/python3");
  EXPECT_EQ(config.preload, "");
  EXPECT_EQ(config.pool_size, 8U);
  EXPECT_EQ(config.queue_size, 1024U);
  EXPECT_EQ(config.queue_timeout, milliseconds(30'000));
  EXPECT_EQ(config.timeout, milliseconds(10'000));
  EXPECT_EQ(config.memory_bytes, 256U << 20);
  EXPECT_EQ(config.scratch_bytes, 64U << 20);
  EXPECT_EQ(config.output_bytes, 1U << 20);
  EXPECT_EQ(config.scratch_dir, "/dev/shm");
  EXPECT_EQ(config.max_body_bytes, 16U << 20);
  EXPECT_EQ(config.connect_timeout, milliseconds(500));
  EXPECT_EQ(config.log_level, log::Level::info);
}

TEST(Config, FlagsOverrideTheEnvironmentWhichOverridesDefaults) {
  auto loaded =
      load({{"PLAYGROUND_POOL_SIZE", "2"}, {"PLAYGROUND_QUEUE_SIZE", "3"}}, {{"POOL_SIZE", "4"}});
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->config.pool_size, 4U);
  EXPECT_EQ(loaded->config.queue_size, 3U);
  EXPECT_EQ(loaded->config.timeout, milliseconds(10'000));
}

TEST(Config, KeepsWhereEachValueCameFrom) {
  auto loaded = load({{"PLAYGROUND_BACKEND_LISTEN", "127.0.0.1:1"}, {"PLAYGROUND_UI_LISTEN", ""}},
                     {{"ADMIN_LISTEN", "127.0.0.1:2"}});
  ASSERT_TRUE(loaded.has_value());
  ASSERT_GE(loaded->sources.size(), 3U);
  EXPECT_EQ(loaded->sources[0], Source::standard);  // in the table's order: ui, backend, admin
  EXPECT_EQ(loaded->sources[1], Source::environment);
  EXPECT_EQ(loaded->sources[2], Source::flag);
}

TEST(Config, AnEmptyVariableCountsAsUnsetAndAnEmptyFlagDoesNot) {
  EXPECT_EQ(config_of({{"PLAYGROUND_POOL_SIZE", ""}}).pool_size, 8U);
  EXPECT_EQ(config_of({{"PLAYGROUND_PRELOAD", "numpy"}}, {{"PRELOAD", ""}}).preload, "");
  EXPECT_EQ(refusal({}, {{"POOL_SIZE", ""}}),
            "PLAYGROUND_POOL_SIZE=\"\" (from --pool-size): not a whole number; allowed: 1 to 1024");
}

TEST(Config, AFlagThatOverridesAnInvalidVariableIsTaken) {
  EXPECT_EQ(config_of({{"PLAYGROUND_POOL_SIZE", "x"}}, {{"POOL_SIZE", "4"}}).pool_size, 4U);
}

TEST(Config, RefusalIsOneLineWhateverTheValueIs) {
  EXPECT_EQ(refusal({{"PLAYGROUND_POOL_SIZE", "1\n2\x1b"}}),
            "PLAYGROUND_POOL_SIZE=\"1\\n2\\u001b\": not a whole number; allowed: 1 to 1024");
}

TEST(Config, ProgramsAtOnceComeFromTheCores) {
  auto running = [](unsigned cores) {
    return load({}, {}, kAllRoles, {.cores = cores, .open_files = 20'000})->config.max_running;
  };
  EXPECT_EQ(running(1), 8U);
  EXPECT_EQ(running(2), 8U);
  EXPECT_EQ(running(3), 12U);
  EXPECT_EQ(running(64), 256U);
  EXPECT_EQ(running(1000), 1024U);
}

TEST(Config, TimeoutsFollowFromEachOther) {
  Config config =
      config_of({{"PLAYGROUND_TIMEOUT_MS", "100"}, {"PLAYGROUND_QUEUE_TIMEOUT_MS", "7"}});
  EXPECT_EQ(config.drain_timeout, milliseconds(5100));
  EXPECT_EQ(config.answer_timeout, milliseconds(2107));
}

TEST(Config, ComputedValuesCanBeGiven) {
  Config config = config_of({{"PLAYGROUND_MAX_RUNNING", "3"},
                             {"PLAYGROUND_DRAIN_MS", "0"},
                             {"PLAYGROUND_ANSWER_MS", "4"},
                             {"PLAYGROUND_MAX_CONNECTIONS", "5"}});
  EXPECT_EQ(config.max_running, 3U);
  EXPECT_EQ(config.drain_timeout, milliseconds(0));
  EXPECT_EQ(config.answer_timeout, milliseconds(4));
  EXPECT_EQ(config.max_connections, 5U);
}

TEST(Config, ThePoolGrowsToFourTimesItsSizeButNotBeyondWhatMayRun) {
  auto most = [](const char* size, const char* running) {
    return config_of({{"PLAYGROUND_POOL_SIZE", size}, {"PLAYGROUND_MAX_RUNNING", running}})
        .pool_max;
  };
  EXPECT_EQ(most("4", "64"), 16U);
  EXPECT_EQ(most("4", "10"), 10U);
  EXPECT_EQ(most("4", "1"), 4U);
  EXPECT_EQ(most("1024", "1024"), 1024U);
}

TEST(Config, ThePoolsMostIsNoLessThanItsSize) {
  EXPECT_EQ(config_of({{"PLAYGROUND_POOL_SIZE", "4"}, {"PLAYGROUND_POOL_MAX", "4"}}).pool_max, 4U);
  EXPECT_EQ(
      refusal({{"PLAYGROUND_POOL_SIZE", "4"}, {"PLAYGROUND_POOL_MAX", "3"}}),
      "PLAYGROUND_POOL_MAX=\"3\": fewer than PLAYGROUND_POOL_SIZE (4), which are always kept; "
      "allowed: 1 to 1024");
}

TEST(Config, ConnectionsAreWhatOpenFilesLeave) {
  Environment environment{{"PLAYGROUND_POOL_SIZE", "10"}, {"PLAYGROUND_MAX_RUNNING", "20"}};
  auto connections = [&](unsigned roles, std::uint64_t open_files) {
    return load(environment, {}, roles, {.open_files = open_files})->config.max_connections;
  };
  EXPECT_EQ(connections(kBackend, 1024), 1024U - 64 - 8 * 50);
  EXPECT_EQ(connections(kUi, 1024), (1024U - 64) / 2);
  EXPECT_EQ(connections(kAllRoles, 1024), (1024U - 64 - 8 * 50) / 3);
  EXPECT_EQ(connections(kBackend, 10), 1U);
  EXPECT_EQ(connections(kBackend, ~std::uint64_t{0}), 1'000'000U);
}

TEST(Config, LogsAreForPeopleOnATerminal) {
  auto format = [](bool terminal, const Environment& environment) {
    return load(environment, {}, kAllRoles, {.open_files = 20'000, .stderr_is_terminal = terminal})
        ->config.log_format;
  };
  EXPECT_EQ(format(false, {}), log::Format::json);
  EXPECT_EQ(format(true, {}), log::Format::text);
  EXPECT_EQ(format(true, {{"PLAYGROUND_LOG_FORMAT", "json"}}), log::Format::json);
  EXPECT_EQ(refusal({{"PLAYGROUND_LOG_FORMAT", "JSON"}}),
            "PLAYGROUND_LOG_FORMAT=\"JSON\": unknown; allowed: json or text");
}

TEST(Config, LogLevelsAreWords) {
  EXPECT_EQ(config_of({{"PLAYGROUND_LOG_LEVEL", "debug"}}).log_level, log::Level::debug);
  EXPECT_EQ(config_of({{"PLAYGROUND_LOG_LEVEL", "info"}}).log_level, log::Level::info);
  EXPECT_EQ(config_of({{"PLAYGROUND_LOG_LEVEL", "warning"}}).log_level, log::Level::warning);
  EXPECT_EQ(config_of({{"PLAYGROUND_LOG_LEVEL", "error"}}).log_level, log::Level::error);
  EXPECT_EQ(refusal({{"PLAYGROUND_LOG_LEVEL", "trace"}}),
            "PLAYGROUND_LOG_LEVEL=\"trace\": unknown; allowed: debug, info, warning or error");
}

TEST(Config, ListenersAreAddressesInNumbers) {
  EXPECT_EQ(config_of({{"PLAYGROUND_UI_LISTEN", "[::]:0"}}).ui_listen, (Endpoint{"::", 0}));
  constexpr const char* kAllowed =
      "; allowed: ADDRESS:PORT, as 127.0.0.1:5000 or [::1]:5000; port 0 takes a free one";
  for (const char* value : {"5000", ":5000", "127.0.0.1", "127.0.0.1:65536", "::1:80"}) {
    EXPECT_EQ(refusal({{"PLAYGROUND_UI_LISTEN", value}}),
              std::string("PLAYGROUND_UI_LISTEN=\"") + value + "\": not an address and a port" +
                  kAllowed);
  }
  EXPECT_EQ(
      refusal({{"PLAYGROUND_ADMIN_LISTEN", "localhost:80"}}),
      std::string("PLAYGROUND_ADMIN_LISTEN=\"localhost:80\": the address has to be in numbers") +
          kAllowed);
}

TEST(Config, PreloadIsAListOfModules) {
  EXPECT_EQ(config_of({{"PLAYGROUND_PRELOAD", " numpy , os.path,,_x1"}}).preload,
            "numpy,os.path,_x1");
  for (const char* value : {"a b", "a;b", "1a", ".a", "a.", "a..b", "a-b", "é"}) {
    EXPECT_EQ(refusal({{"PLAYGROUND_PRELOAD", value}}),
              std::string("PLAYGROUND_PRELOAD=\"") + value +
                  "\": not a module's name; allowed: names of modules, separated by commas");
  }
}

class ConfigOfFiles : public testing::Test {
 protected:
  ConfigOfFiles() {
    char name[] = "/tmp/playground-config-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~ConfigOfFiles() override { std::filesystem::remove_all(folder_); }

  std::string make_file(const std::string& name, mode_t mode) {
    std::string path = folder_ + "/" + name;
    std::ofstream(path) << "#!/bin/sh\n";
    ::chmod(path.c_str(), mode);
    return path;
  }

  std::string folder_;
};

TEST_F(ConfigOfFiles, TheInterpreterIsAnExecutableFile) {
  std::string python = make_file("python", 0755);
  EXPECT_EQ(config_of({{"PLAYGROUND_PYTHON", python}}).pythons[0].file, python);

  std::string plain = make_file("plain", 0644);
  std::string allowed = "; allowed: an executable file, or name=file,…";
  EXPECT_EQ(refusal({{"PLAYGROUND_PYTHON", plain}}),
            "PLAYGROUND_PYTHON=\"" + plain + "\": not executable" + allowed);
  EXPECT_EQ(refusal({{"PLAYGROUND_PYTHON", folder_}}),
            "PLAYGROUND_PYTHON=\"" + folder_ + "\": not a file" + allowed);
  EXPECT_EQ(
      refusal({}, {{"PYTHON", "/nowhere/python"}}),
      "PLAYGROUND_PYTHON=\"/nowhere/python\" (from --python): No such file or directory" + allowed);
}

TEST_F(ConfigOfFiles, ScratchIsADirectory) {
  EXPECT_EQ(config_of({{"PLAYGROUND_SCRATCH_DIR", folder_}}).scratch_dir, folder_);
  std::string file = make_file("file", 0644);
  std::string allowed = "; allowed: an existing directory that can be written to";
  EXPECT_EQ(refusal({{"PLAYGROUND_SCRATCH_DIR", file}}),
            "PLAYGROUND_SCRATCH_DIR=\"" + file + "\": not a directory" + allowed);
  EXPECT_EQ(refusal({{"PLAYGROUND_SCRATCH_DIR", "/nowhere"}}),
            "PLAYGROUND_SCRATCH_DIR=\"/nowhere\": No such file or directory" + allowed);
}

TEST_F(ConfigOfFiles, ScratchCanBeWrittenTo) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  ::chmod(folder_.c_str(), 0500);
  EXPECT_EQ(refusal({{"PLAYGROUND_SCRATCH_DIR", folder_}}),
            "PLAYGROUND_SCRATCH_DIR=\"" + folder_ +
                "\": Permission denied; allowed: an existing directory that can be written to");
}

TEST(Config, FilesOfTheBackendDoNotConcernAUi) {
  Environment environment{{"PLAYGROUND_PYTHON", "/nowhere"},
                          {"PLAYGROUND_SCRATCH_DIR", "/nowhere"}};
  EXPECT_TRUE(load(environment, {}, kUi).has_value());
  EXPECT_FALSE(load(environment, {}, kBackend).has_value());
}

TEST(Config, NamesTheClosestOptionForAnUnknownVariable) {
  auto loaded = load({{"PLAYGROUND_POL_SIZE", "4"}, {"POOL_SIZE", "4"}, {"PLAYGROUNDS", "1"}});
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(
      loaded->warnings,
      std::vector<std::string>{"PLAYGROUND_POL_SIZE is not an option and ignored; the closest one "
                               "is PLAYGROUND_POOL_SIZE"});
}

TEST(Config, VariablesThatKubernetesMakesAreNoMisspeltOptions) {
  auto loaded = load({{"PLAYGROUND_SERVICE_HOST", "10.0.0.1"},
                      {"PLAYGROUND_SERVICE_PORT", "80"},
                      {"PLAYGROUND_UI_SERVICE_PORT_HTTP", "80"},
                      {"PLAYGROUND_PORT", "tcp://10.0.0.1:80"},
                      {"PLAYGROUND_UI_PORT", "tcp://10.0.0.1:80"},
                      {"PLAYGROUND_PORT_80_TCP_ADDR", "10.0.0.1"}});
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->warnings, std::vector<std::string>{});
  EXPECT_EQ(load({{"PLAYGROUND_PORT", "80"}})->warnings.size(), 1U);
}

TEST(Config, EachLoopNeedsAConnection) {
  EXPECT_EQ(refusal({{"PLAYGROUND_LOOPS", "4"}, {"PLAYGROUND_MAX_CONNECTIONS", "4"}}), "");
  EXPECT_EQ(
      refusal({{"PLAYGROUND_LOOPS", "4"}, {"PLAYGROUND_MAX_CONNECTIONS", "3"}}),
      "PLAYGROUND_MAX_CONNECTIONS=\"3\": fewer than PLAYGROUND_LOOPS (4), each of which needs "
      "one; allowed: 1 to 1000000");
  EXPECT_EQ(refusal({{"PLAYGROUND_LOOPS", "65"}}).find("PLAYGROUND_LOOPS=\"65\": "), 0U);
  EXPECT_EQ(config_of({}).loops, 1U);
}

}  // namespace
}  // namespace playground::app
