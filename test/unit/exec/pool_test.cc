// The pool with real interpreters: what a caller of exec/ can rely on.
#include "exec/pool.h"

#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

#include "uv/loop.h"

namespace playground::exec {
namespace {

using ::testing::HasSubstr;

struct Answered {
  std::optional<Outcome> outcome;
  std::optional<Refusal> refusal;
};

class PoolTest : public ::testing::Test {
 protected:
  PoolTest() {
    char name[] = "/dev/shm/test-playground-XXXXXX";  // in memory, as by default
    directory_ = ::mkdtemp(name);
    options_.pythons = {{"one", TEST_PYTHON}};
    options_.zygote.module = TEST_MODULE;
    options_.zygote.file_bytes = 1 << 20;
    options_.zygote.open_files = 64;
    options_.scratch_directory = directory_;
    options_.size = 2;
    options_.max_running = 2;
    options_.queue_size = 100;
    options_.limits.memory_bytes = std::size_t{64} << 20;
    options_.limits.cpu = milliseconds{20'000};
    options_.limits.threads = 8;
    options_.limits.scratch_bytes = 1 << 20;
    options_.limits.scratch_entries = 100;
    options_.output_bytes = 64 * 1024;
    options_.limits.stream_bytes = 1 << 20;
  }

  ~PoolTest() override {
    pool_.reset();
    EXPECT_TRUE(std::filesystem::is_empty(directory_)) << "scratch folders are left over";
    std::filesystem::remove_all(directory_);
  }

  void start() {
    auto pool = Pool::start(
        loop_, options_, [this](std::string_view, std::string_view event, std::string_view detail) {
          events_ += std::string(event) + " " + std::string(detail) + "\n";
        });
    ASSERT_TRUE(pool.has_value()) << pool.error().message;
    pool_ = std::move(*pool);
  }

  // Turns the loop until `done`; the test's own time-out bounds it.
  template <class Condition>
  void run_until(Condition done) {
    while (!done()) loop_.run_once();
  }

  void warm_up() {
    run_until([this] { return pool_->warm(); });
  }

  static Program program(std::string code, milliseconds timeout = milliseconds{20'000}) {
    Program program;
    program.code = std::move(code);
    program.timeout = timeout;
    return program;
  }

  static Pool::OnDone keep(Answered& answered) {
    return [&answered](Pool::Answer answer, double) {
      if (answer) {
        answered.outcome = std::move(*answer);
      } else {
        answered.refusal = answer.error();
      }
    };
  }

  Outcome run(Program what) {
    Answered answered;
    auto ticket = pool_->submit(std::move(what), keep(answered));
    run_until([&] { return answered.outcome || answered.refusal; });
    EXPECT_TRUE(answered.outcome.has_value());
    return answered.outcome.value_or(Outcome{});
  }

  // The first.
  InterpreterStats interpreter() const { return pool_->stats().interpreters.front(); }

  // Keeps what comes; says no at each piece when it is to be slow.
  class Collector final : public Runner::Reader {
   public:
    bool on_output(StandardStream from, std::string bytes) override {
      ++calls;
      (from == StandardStream::out ? out : err) += bytes;
      return !slow;
    }
    bool slow = false;
    int calls = 0;
    std::string out;
    std::string err;
  };

  // What is left when the reader has had the rest, too.
  Outcome stream(Program what, Collector& collector) {
    Answered answered;
    auto ticket = pool_->submit(std::move(what), keep(answered), &collector);
    run_until([&] {
      if (collector.slow) ticket.resume();
      return answered.outcome || answered.refusal;
    });
    EXPECT_TRUE(answered.outcome.has_value());
    Outcome outcome = answered.outcome.value_or(Outcome{});
    collector.out += outcome.out;
    collector.err += outcome.err;
    return outcome;
  }

  uv::Loop loop_;
  std::string directory_;
  PoolOptions options_;
  std::string events_;
  std::unique_ptr<Pool> pool_;
};

TEST_F(PoolTest, RunsAProgramAndReturnsWhatItPrinted) {
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

TEST_F(PoolTest, GivesEveryProgramAFreshInterpreterAndAnEmptyFolder) {
  start();
  Outcome first = run(program(
      "import os, builtins\nbuiltins.seen = 1\nopen('left', 'w').close()\nprint(os.listdir())"));
  Outcome second =
      run(program("import os, builtins\nprint(hasattr(builtins, 'seen'), os.listdir())"));
  EXPECT_THAT(first.out, HasSubstr("left"));
  EXPECT_EQ(second.out, "False ['main.py']\n");
}

TEST_F(PoolTest, ReturnsPartialOutputWhenTheTimeIsUp) {
  start();
  Outcome outcome = run(program("print('before')\nwhile True: pass", milliseconds{200}));
  EXPECT_EQ(outcome.status, Status::timeout);
  EXPECT_EQ(outcome.limit, Limit::wall);
  EXPECT_EQ(outcome.out, "before\n");
  EXPECT_FALSE(outcome.exit_code.has_value());
}

TEST_F(PoolTest, KillsAProgramThatIgnoresItsTime) {
  start();
  Outcome outcome =
      run(program("import signal\nfor n in range(1, 65):\n  try: signal.signal(n, signal.SIG_IGN)\n"
                  "  except (OSError, ValueError): pass\nprint('x', flush=True)\n9**9**9",
                  milliseconds{200}));
  EXPECT_EQ(outcome.status, Status::timeout);
  EXPECT_EQ(outcome.out, "x\n");
}

TEST_F(PoolTest, CutsOutputAtTheLimitAndKeepsWhatCameBefore) {
  start();
  Outcome outcome = run(program("while True: print('x' * 1000)"));
  EXPECT_EQ(outcome.status, Status::output);
  EXPECT_EQ(outcome.limit, Limit::output);
  EXPECT_TRUE(outcome.out_truncated);
  EXPECT_FALSE(outcome.err_truncated);
  EXPECT_EQ(outcome.out.size(), options_.output_bytes);
}

TEST_F(PoolTest, AReaderHasEachLineWhileTheProgramRuns) {
  start();
  Collector collector;
  Answered answered;
  auto ticket = pool_->submit(program("import time\nprint('first')\ntime.sleep(60)"),
                              keep(answered), &collector);
  run_until([&] { return collector.out == "first\n"; });
  EXPECT_EQ(collector.calls, 2);  // the first of them at the start, with nothing
  EXPECT_FALSE(answered.outcome || answered.refusal);
}

TEST_F(PoolTest, AReaderGetsTheWholeOutputHoweverSlowItIs) {
  start();
  for (bool slow : {false, true}) {
    Collector collector;
    collector.slow = slow;
    Outcome outcome =
        stream(program("import sys\nfor i in range(20_000): print(i); print(-i, file=sys.stderr)"),
               collector);
    EXPECT_EQ(outcome.status, Status::ok);
    std::string out;
    std::string err;
    for (int i = 0; i < 20'000; ++i) {
      out += std::to_string(i) + "\n";
      err += std::to_string(-i) + "\n";
    }
    EXPECT_TRUE(collector.out == out && collector.err == err) << slow;
  }
}

TEST_F(PoolTest, AReaderThatTakesNothingHoldsTheProgramUntilItsTimeIsUp) {
  start();
  Collector collector;
  collector.slow = true;
  Answered answered;
  auto ticket = pool_->submit(program("while True: print('x' * 1000)", milliseconds{300}),
                              keep(answered), &collector);
  run_until([&] { return answered.outcome.has_value(); });
  EXPECT_EQ(answered.outcome->status, Status::timeout);
  EXPECT_LE(collector.calls, 2);  // the start, and perhaps a piece that was read in the same turn
  EXPECT_LE(collector.out.size() + answered.outcome->out.size(), 2u * 64 * 1024);
}

TEST_F(PoolTest, AStreamHasALimitOfItsOwn) {
  start();
  Collector collector;
  Outcome outcome = stream(program("while True: print('x' * 1000)"), collector);
  EXPECT_EQ(outcome.status, Status::output);
  EXPECT_TRUE(outcome.out_truncated);
  EXPECT_EQ(collector.out.size(), options_.limits.stream_bytes);
}

TEST_F(PoolTest, AStreamEndsWithTheSignalOfALostWorker) {
  start();
  Collector collector;
  Outcome outcome = stream(
      program("import os, signal\nprint('one')\nos.kill(os.getpid(), signal.SIGSEGV)"), collector);
  EXPECT_EQ(outcome.status, Status::signal);
  EXPECT_EQ(outcome.signal, SIGSEGV);
  EXPECT_EQ(collector.out, "one\n");
}

TEST_F(PoolTest, ProgramsOfBatchesKeepToTheirShare) {
  options_.batch_share = 1;
  start();
  warm_up();
  std::vector<Answered> batch(3);
  std::vector<Pool::Ticket> tickets;
  for (Answered& answered : batch) {
    Program one = program("import time\ntime.sleep(60)");
    one.batch = true;
    tickets.push_back(pool_->submit(std::move(one), keep(answered)));
  }
  EXPECT_EQ(pool_->stats().batch_running, 1u);
  EXPECT_EQ(pool_->stats().batch_queued, 2u);
  EXPECT_EQ(pool_->stats().queued, 0u);
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
  tickets.erase(tickets.begin());
  run_until([&] { return pool_->stats().batch_queued == 1; });
  EXPECT_EQ(pool_->stats().batch_running, 1u);
}

TEST_F(PoolTest, EndsAProgramThatUsesUpItsCpuTime) {
  options_.limits.cpu = milliseconds{100};
  start();
  Outcome outcome = run(program("print('before')\nwhile True: pass"));
  EXPECT_EQ(outcome.status, Status::timeout);
  EXPECT_EQ(outcome.limit, Limit::cpu);
  EXPECT_EQ(outcome.out, "before\n");
}

TEST_F(PoolTest, EndsAProgramThatFillsMemory) {
  start();
  Outcome outcome = run(program("import time\nb = b'x' * (80 << 20)\nwhile True: time.sleep(1)"));
  EXPECT_EQ(outcome.status, Status::memory);
  EXPECT_EQ(outcome.limit, Limit::memory);
  EXPECT_GT(outcome.memory_kb, 64 * 1024);
}

TEST_F(PoolTest, ARequestMayAskForLessMemory) {
  start();
  Program what = program("b = b'x' * (30 << 20)\nimport time\ntime.sleep(0.1)\nprint(len(b))");
  EXPECT_EQ(run(what).status, Status::ok);
  what.memory_bytes = std::size_t{16} << 20;
  EXPECT_EQ(run(what).status, Status::memory);
}

TEST_F(PoolTest, EndsAProgramThatFillsItsFolder) {
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

TEST_F(PoolTest, FilesComeAndGo) {
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

TEST_F(PoolTest, FilesAreReturnedHoweverTheProgramEnds) {
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

TEST_F(PoolTest, FilesThatDoNotFitAreTheProgramsResult) {
  options_.limits.scratch_entries = 20;
  start();
  Program what = program("print('was run')\nwhile True: pass");
  for (int i = 0; i < 60; ++i) what.files.push_back({"d" + std::to_string(i) + "/e/f", "x"});
  Outcome outcome = run(what);
  EXPECT_EQ(outcome.status, Status::disk);
  EXPECT_EQ(outcome.limit, Limit::disk);
}

TEST_F(PoolTest, AProgramIsForgottenWhileItsFilesAreCollected) {
  options_.limits.reply_bytes = 1 << 20;
  start();
  warm_up();
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

TEST_F(PoolTest, NamesRefusedCallsAlsoWhenTheZygoteWasReplaced) {
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

TEST_F(PoolTest, WithoutAFilterRefusedCallsCantBeTold) {
  options_.zygote.sandbox_max = protocol::Tier::none;
  start();
  EXPECT_EQ(run(program("pass")).denied, std::nullopt);
}

TEST_F(PoolTest, NamesTheFullFolderOfAProgramThatFailedForIt) {
  start();
  Outcome outcome = run(program("open('big', 'w').write('x' * 5_000_000)"));
  EXPECT_EQ(outcome.status, Status::disk);
  EXPECT_EQ(outcome.limit, Limit::disk);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("File too large"));
}

TEST_F(PoolTest, EndsAProgramWithTooManyThreads) {
  start();
  Outcome outcome =
      run(program("import threading, time\nthreading.stack_size(64 * 1024)\nfor i in range(20):\n"
                  "  threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
                  "time.sleep(60)"));
  EXPECT_EQ(outcome.status, Status::signal);
  EXPECT_EQ(outcome.limit, Limit::threads);
}

TEST_F(PoolTest, TellsASignalFromAnExitCode) {
  start();
  Outcome killed = run(program("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)"));
  EXPECT_EQ(killed.status, Status::signal);
  EXPECT_EQ(killed.signal, SIGSEGV);
  Outcome exited = run(program("raise SystemExit(3)"));
  EXPECT_EQ(exited.status, Status::error);
  EXPECT_EQ(exited.exit_code, 3);
}

TEST_F(PoolTest, FeedsAProgramThatReadsMoreThanAPipeHolds) {
  start();
  Program what = program("import sys\nprint(len(sys.stdin.read()))");
  what.input.assign(1'000'000, 'x');
  EXPECT_EQ(run(what).out, "1000000\n");
}

TEST_F(PoolTest, DoesNotMindAProgramThatReadsNothing) {
  start();
  Program what = program("print('done')");
  what.input.assign(1'000'000, 'x');
  EXPECT_EQ(run(what).out, "done\n");
}

TEST_F(PoolTest, QueuesWhatCantRunYetAndAnswersAll) {
  start();
  std::vector<Answered> answers(20);
  std::vector<Pool::Ticket> tickets;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    tickets.push_back(pool_->submit(program("print(" + std::to_string(i) + ")"), keep(answers[i])));
  }
  run_until([&] {
    return std::all_of(answers.begin(), answers.end(),
                       [](auto& a) { return a.outcome || a.refusal; });
  });
  for (std::size_t i = 0; i < answers.size(); ++i) {
    ASSERT_TRUE(answers[i].outcome.has_value());
    EXPECT_EQ(answers[i].outcome->out, std::to_string(i) + "\n");
  }
}

TEST_F(PoolTest, RefusesAtOnceWhenTheQueueIsFull) {
  options_.queue_size = 1;
  options_.max_running = 1;
  start();
  warm_up();
  std::vector<Answered> answers(3);
  std::vector<Pool::Ticket> tickets;
  for (auto& answered : answers) {
    tickets.push_back(pool_->submit(program("import time\ntime.sleep(60)"), keep(answered)));
  }
  run_until([&] { return answers[2].refusal.has_value(); });
  EXPECT_EQ(answers[2].refusal, Refusal::queue_full);
  EXPECT_FALSE(answers[0].outcome || answers[1].refusal);
}

TEST_F(PoolTest, RefusesWhatWaitedTooLong) {
  options_.queue_timeout = milliseconds{50};
  options_.max_running = 1;
  start();
  warm_up();
  std::vector<Answered> answers(2);
  auto first = pool_->submit(program("import time\ntime.sleep(60)"), keep(answers[0]));
  auto second = pool_->submit(program("print(1)"), keep(answers[1]));
  run_until([&] { return answers[1].refusal.has_value(); });
  EXPECT_EQ(answers[1].refusal, Refusal::queue_timeout);
}

TEST_F(PoolTest, EndsTheProgramOfADroppedTicket) {
  start();
  warm_up();
  Answered answered;
  {
    auto ticket = pool_->submit(program("import time\ntime.sleep(60)"), keep(answered));
    EXPECT_EQ(pool_->stats().running, 1u);
  }
  run_until([&] { return pool_->stats().running == 0; });
  EXPECT_FALSE(answered.outcome || answered.refusal);
}

TEST_F(PoolTest, ReplacesAReadyWorkerThatWasKilled) {
  start();
  warm_up();
  Outcome who = run(program("import os\nprint(os.getppid())"));
  EXPECT_EQ(who.out, std::to_string(::getpid()) + "\n");
  run_until([&] { return pool_->stats().ready == 2; });
  // The newest children of this process's zygote are its ready workers: end one of them.
  std::set<int> zygote{interpreter().nursery.zygote_pid};
  int victim = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    int pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0 && ::getpgid(pid) == *zygote.begin() && pid != *zygote.begin()) victim = pid;
  }
  ASSERT_NE(victim, 0);
  ASSERT_EQ(::kill(victim, SIGKILL), 0);
  run_until([&] { return pool_->stats().workers_lost == 1 && pool_->stats().ready == 2; });
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
}

TEST_F(PoolTest, StartsAnotherZygoteWhenOneDies) {
  start();
  warm_up();
  ASSERT_EQ(::kill(interpreter().nursery.zygote_pid, SIGKILL), 0);
  run_until([&] { return interpreter().generation == 2 && pool_->stats().ready == 2; });
  EXPECT_EQ(run(program("print(1)")).out, "1\n");
  EXPECT_THAT(events_, HasSubstr("zygote_ended SIGKILL"));
}

TEST_F(PoolTest, RenewsZygoteAndWorkersWithoutLosingAProgram) {
  start();
  warm_up();
  Answered slow;
  auto ticket = pool_->submit(program("input()\nprint('survived')"), keep(slow));
  pool_->renew();
  run_until([&] { return interpreter().generation == 2 && pool_->stats().ready == 2; });
  run_until([&] { return slow.outcome.has_value(); });
  EXPECT_THAT(slow.outcome->err, HasSubstr("EOFError"));
}

TEST_F(PoolTest, RenewsReadyWorkersThatNobodyUses) {
  start();
  warm_up();
  std::string before = run(program("print(hash('a'))")).out;  // differs with each interpreter
  pool_->renew();
  run_until([&] {
    PoolStats stats = pool_->stats();
    return interpreter().generation == 2 && stats.ready == 2 && stats.warming == 0;
  });
  EXPECT_NE(run(program("print(hash('a'))")).out, before);
}

TEST_F(PoolTest, AnswersEverythingWhenAbandoned) {
  options_.max_running = 1;
  start();
  warm_up();
  std::vector<Answered> answers(2);
  auto first = pool_->submit(program("import time\ntime.sleep(60)"), keep(answers[0]));
  auto second = pool_->submit(program("print(1)"), keep(answers[1]));
  pool_->abandon();
  EXPECT_EQ(answers[0].refusal, Refusal::draining);
  EXPECT_EQ(answers[1].refusal, Refusal::draining);
}

// One that was on its way from another loop.
TEST_F(PoolTest, AnswersWhatComesAfterItWasAbandoned) {
  start();
  warm_up();
  pool_->abandon();
  Answered late;
  auto ticket = pool_->submit(program("print(1)"), keep(late));
  EXPECT_FALSE(late.refusal.has_value()) << "an answer before submit() returned";
  run_until([&] { return late.refusal.has_value(); });
  EXPECT_EQ(late.refusal, Refusal::draining);
}

TEST_F(PoolTest, ReportsAnInterpreterThatIsNotThere) {
  options_.pythons[0].file = "/nonexistent/python3";
  auto pool =
      Pool::start(loop_, options_, [](std::string_view, std::string_view, std::string_view) {});
  ASSERT_FALSE(pool.has_value());
  EXPECT_THAT(pool.error().message, HasSubstr("/nonexistent/python3"));
}

}  // namespace
}  // namespace playground::exec
