// One program in the pool, with real interpreters: what it gets, and what comes back of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "pool_fixture.h"

namespace playground::exec {
namespace {

using ::testing::HasSubstr;

class PoolPrograms : public PoolFixture {};

TEST_F(PoolPrograms, RunsAProgramAndReturnsWhatItPrinted) {
  start();
  Program what =
      program("import sys\nprint(sys.stdin.read(), sys.argv)\nprint('e', file=sys.stderr)");
  what.input = "in";
  what.args = {"a", "b c"};
  Outcome outcome = run(what);
  EXPECT_EQ(outcome.out, "in ['main.py', 'a', 'b c']\n");
  EXPECT_EQ(outcome.err, "e\n");
  EXPECT_EQ(outcome.status, Status::ok);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_GT(outcome.duration_ms, 0);
}

TEST_F(PoolPrograms, GivesEveryProgramAFreshInterpreterAndAnEmptyFolder) {
  start();
  Outcome first = run(program(
      "import os, builtins\nbuiltins.seen = 1\nopen('left', 'w').close()\nprint(os.listdir())"));
  Outcome second =
      run(program("import os, builtins\nprint(hasattr(builtins, 'seen'), os.listdir())"));
  EXPECT_THAT(first.out, HasSubstr("left"));
  EXPECT_EQ(second.out, "False ['main.py']\n");
}

TEST_F(PoolPrograms, FilesComeAndGo) {
  options_.limits.reply_bytes = 1 << 20;
  start();
  Program what = program("text = open('a/b').read()\nopen('a/c', 'w').write(text + '!')\ninput()");
  what.input = "line\n";
  what.files = {{"a/b", "x"}, {"big", std::string(300'000, 'y')}};
  what.files_out.all = true;
  Outcome outcome = run(what);
  EXPECT_EQ(outcome.err, "");
  ASSERT_TRUE(outcome.files.has_value());
  ASSERT_EQ(outcome.files->files.size(), 1u);
  EXPECT_EQ(outcome.files->files[0].path, "a/c");
  EXPECT_EQ(outcome.files->files[0].base64, "eCE=");
  EXPECT_FALSE(outcome.plots.has_value());
}

TEST_F(PoolPrograms, FilesAreReturnedHoweverTheProgramEnds) {
  options_.limits.reply_bytes = 1 << 20;
  start();
  for (const char* end : {"while True: pass", "1 / 0", "import os; os.kill(os.getpid(), 11)",
                          "import os; os._exit(0)", "while True: print('x' * 1000)"}) {
    Program what = program(std::string("open('f', 'w').write('x')\n") + end, milliseconds{300});
    what.files_out.all = true;
    Outcome outcome = run(what);
    ASSERT_TRUE(outcome.files.has_value()) << end;
    ASSERT_EQ(outcome.files->files.size(), 1u) << end;
    EXPECT_EQ(outcome.files->files[0].base64, "eA==") << end;
  }
}

TEST_F(PoolPrograms, AProgramIsForgottenWhileItsFilesAreCollected) {
  options_.limits.reply_bytes = 1 << 20;
  start_warm();
  // Dropped after so many turns of the loop: while it runs, at its end, when it has been answered.
  for (int turns = 0; turns < 40; turns += 2) {
    Answered answered;
    Program what = program("for n in range(50): open(str(n), 'w').write('x' * 1000)");
    what.files_out.all = true;
    {
      auto ticket = pool_->submit(std::move(what), keep(answered));
      int left = turns;
      run_until([&] { return left-- == 0 || answered.outcome.has_value(); });
    }
    run_until([this] { return pool_->stats().running == 0; });
  }
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
}

TEST_F(PoolPrograms, NamesRefusedCallsAlsoWhenTheZygoteWasReplaced) {
  start();
  Answered answered;
  auto ticket = pool_->submit(program("import os\nopen('up', 'w').close()\n"
                                      "while not os.path.exists('go'): pass\n"
                                      "try: os.fork()\nexcept OSError as e: print(e.errno)"),
                              keep(answered));
  std::filesystem::path folder;
  run_until([&] {
    // Folders come and go meanwhile: one that has gone ends the walk, until the next time.
    std::error_code gone;
    std::filesystem::recursive_directory_iterator entry(directory_, gone);
    for (; !gone && entry != end(entry); entry.increment(gone)) {
      if (entry->path().filename() == "up") folder = entry->path().parent_path();
    }
    return !folder.empty();
  });
  pool_->renew();
  run_until([this] { return interpreter().generation == 2; });
  std::ofstream(folder / "go").close();
  run_until([&] { return answered.outcome.has_value(); });
  EXPECT_EQ(answered.outcome->out, "1\n");
  EXPECT_EQ(answered.outcome->denied, std::vector<std::string>{"clone"});
  EXPECT_EQ(run(program("pass")).denied, std::vector<std::string>{});
}

TEST_F(PoolPrograms, WithoutAFilterRefusedCallsCantBeTold) {
  options_.zygote.sandbox_max = protocol::Tier::none;
  start();
  EXPECT_EQ(run(program("pass")).denied, std::nullopt);
}

TEST_F(PoolPrograms, TellsASignalFromAnExitCode) {
  start();
  Outcome killed = run(program("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)"));
  EXPECT_EQ(killed.status, Status::signal);
  EXPECT_EQ(killed.signal, SIGSEGV);
  Outcome exited = run(program("raise SystemExit(3)"));
  EXPECT_EQ(exited.status, Status::error);
  EXPECT_EQ(exited.exit_code, 3);
}

TEST_F(PoolPrograms, FeedsAProgramThatReadsMoreThanAPipeHolds) {
  start();
  Program what = program("import sys\nprint(len(sys.stdin.read()))");
  what.input.assign(1'000'000, 'x');
  EXPECT_EQ(run(what).out, "1000000\n");
}

TEST_F(PoolPrograms, DoesNotMindAProgramThatReadsNothing) {
  start();
  Program what = program("print('done')");
  what.input.assign(1'000'000, 'x');
  EXPECT_EQ(run(what).out, "done\n");
}

}  // namespace
}  // namespace playground::exec
