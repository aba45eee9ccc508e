// What ends a program of the pool, and how its end is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "pool_fixture.h"

namespace playground::exec {
namespace {

using ::testing::HasSubstr;

class PoolLimits : public PoolFixture {};

TEST_F(PoolLimits, ReturnsPartialOutputWhenTheTimeIsUp) {
  start();
  Outcome outcome = run(program("print('before')\nwhile True: pass", milliseconds{200}));
  EXPECT_EQ(outcome.status, Status::timeout);
  EXPECT_EQ(outcome.limit, Limit::wall);
  EXPECT_EQ(outcome.out, "before\n");
  EXPECT_FALSE(outcome.exit_code.has_value());
}

TEST_F(PoolLimits, KillsAProgramThatIgnoresItsTime) {
  start();
  Outcome outcome =
      run(program("import signal\nfor n in range(1, 65):\n  try: signal.signal(n, signal.SIG_IGN)\n"
                  "  except (OSError, ValueError): pass\nprint('x', flush=True)\n9**9**9",
                  milliseconds{200}));
  EXPECT_EQ(outcome.status, Status::timeout);
  EXPECT_EQ(outcome.out, "x\n");
}

TEST_F(PoolLimits, CutsOutputAtTheLimitAndKeepsWhatCameBefore) {
  start();
  Outcome outcome = run(program("while True: print('x' * 1000)"));
  EXPECT_EQ(outcome.status, Status::output);
  EXPECT_EQ(outcome.limit, Limit::output);
  EXPECT_TRUE(outcome.out_truncated);
  EXPECT_FALSE(outcome.err_truncated);
  EXPECT_EQ(outcome.out.size(), options_.output_bytes);
}

TEST_F(PoolLimits, EndsAProgramThatUsesUpItsCpuTime) {
  options_.limits.cpu = milliseconds{100};
  start();
  Outcome outcome = run(program("print('before')\nwhile True: pass"));
  EXPECT_EQ(outcome.status, Status::timeout);
  EXPECT_EQ(outcome.limit, Limit::cpu);
  EXPECT_EQ(outcome.out, "before\n");
}

TEST_F(PoolLimits, EndsAProgramThatFillsMemory) {
  start();
  Outcome outcome = run(program("import time\nb = b'x' * (80 << 20)\nwhile True: time.sleep(1)"));
  EXPECT_EQ(outcome.status, Status::memory);
  EXPECT_EQ(outcome.limit, Limit::memory);
  EXPECT_GT(outcome.memory_kb, 64 * 1024);
}

TEST_F(PoolLimits, ARequestMayAskForLessMemory) {
  start();
  Program what = program("b = b'x' * (30 << 20)\nimport time\ntime.sleep(0.1)\nprint(len(b))");
  EXPECT_EQ(run(what).status, Status::ok);
  what.memory_bytes = std::size_t{16} << 20;
  EXPECT_EQ(run(what).status, Status::memory);
}

TEST_F(PoolLimits, EndsAProgramThatFillsItsFolder) {
  start();
  Outcome bytes =
      run(program("import time\nfor i in range(4): open(str(i), 'w').write('x' * 500_000)\n"
                  "while True: time.sleep(1)"));
  EXPECT_EQ(bytes.status, Status::disk);
  EXPECT_EQ(bytes.limit, Limit::disk);
  Outcome entries =
      run(program("import time\nfor i in range(200): open(str(i), 'w').close()\n"
                  "while True: time.sleep(1)"));
  EXPECT_EQ(entries.status, Status::disk);
}

TEST_F(PoolLimits, FilesThatDoNotFitAreTheProgramsResult) {
  options_.limits.scratch_entries = 20;
  start();
  Program what = program("print('was run')\nwhile True: pass");
  for (int i = 0; i < 60; ++i) what.files.push_back({"d" + std::to_string(i) + "/e/f", "x"});
  Outcome outcome = run(what);
  EXPECT_EQ(outcome.status, Status::disk);
  EXPECT_EQ(outcome.limit, Limit::disk);
}

TEST_F(PoolLimits, NamesTheFullFolderOfAProgramThatFailedForIt) {
  start();
  Outcome outcome = run(program("open('big', 'w').write('x' * 5_000_000)"));
  EXPECT_EQ(outcome.status, Status::disk);
  EXPECT_EQ(outcome.limit, Limit::disk);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("File too large"));
}

TEST_F(PoolLimits, EndsAProgramWithTooManyThreads) {
  start();
  Outcome outcome =
      run(program("import threading, time\nthreading.stack_size(64 * 1024)\nfor i in range(20):\n"
                  "  threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
                  "time.sleep(60)"));
  EXPECT_EQ(outcome.status, Status::signal);
  EXPECT_EQ(outcome.limit, Limit::threads);
}

}  // namespace
}  // namespace playground::exec
