#include "app/metrics.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <set>
#include <sstream>
#include <thread>

#include "app/version.h"

namespace playground::app {
namespace {

// The value of the sample with this name and these labels, as "name" or "name{a=\"b\"}"; -1 if
// there is none.
double value_of(const std::string& text, const std::string& sample) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(sample + " ")) return std::stod(line.substr(sample.size() + 1));
  }
  return -1;
}

TEST(Metrics, CountRequestsByRoleRouteAndCode) {
  Metrics metrics;
  metrics.count_request("ui", "/python", 200);
  metrics.count_request("ui", "/python", 200);
  metrics.count_request("ui", "/python", 502);
  metrics.count_request("backend", "/python", 200);
  std::string text = metrics.text();
  auto count = [&](const char* labels) {
    return value_of(text, "playground_requests_total{" + std::string(labels) + "}");
  };
  EXPECT_EQ(count(R"(code="200",role="ui",route="/python")"), 2);
  EXPECT_EQ(count(R"(code="502",role="ui",route="/python")"), 1);
  EXPECT_EQ(count(R"(code="200",role="backend",route="/python")"), 1);
}

TEST(Metrics, ObserveEvaluations) {
  Metrics metrics;
  metrics.observe_evaluation("ok", {0, 0.0002, 0.002, 0.003});
  metrics.observe_evaluation("ok", {0.004, 0.0006, 0.75, 0.8});
  metrics.observe_evaluation("timeout", {0, 0.0001, 61, 61});
  std::string text = metrics.text();
  EXPECT_EQ(value_of(text, R"(playground_evaluations_total{status="ok"})"), 2);
  EXPECT_EQ(value_of(text, R"(playground_evaluations_total{status="timeout"})"), 1);
  auto seconds = [&](const std::string& rest) {
    return value_of(text, "playground_evaluation_seconds" + rest);
  };
  EXPECT_EQ(seconds(R"(_bucket{le="0.0005"})"), 0);
  EXPECT_EQ(seconds(R"(_bucket{le="0.0025"})"), 1);
  EXPECT_EQ(seconds(R"(_bucket{le="1"})"), 2);
  EXPECT_EQ(seconds(R"(_bucket{le="60"})"), 2);
  EXPECT_EQ(seconds(R"(_bucket{le="+Inf"})"), 3);
  EXPECT_EQ(seconds("_count"), 3);
  EXPECT_DOUBLE_EQ(seconds("_sum"), 61.752);
  EXPECT_EQ(value_of(text, R"(playground_queue_seconds_bucket{le="0.0005"})"), 2);
  EXPECT_EQ(value_of(text, R"(playground_queue_seconds_bucket{le="0.005"})"), 3);
  EXPECT_DOUBLE_EQ(value_of(text, "playground_start_seconds_sum"), 0.0009);
  EXPECT_DOUBLE_EQ(value_of(text, "playground_evaluation_total_seconds_sum"), 61.803);
}

TEST(Metrics, ObserveRequestsByRoleAndRoute) {
  Metrics metrics;
  metrics.observe_request("ui", "/python", 0.002);
  metrics.observe_request("ui", "/python", 0.02);
  metrics.observe_request("ui", "/", 0.0001);
  std::string text = metrics.text();
  EXPECT_EQ(value_of(text, R"(playground_request_seconds_count{role="ui",route="/python"})"), 2);
  EXPECT_EQ(
      value_of(text, R"(playground_request_seconds_bucket{role="ui",route="/python",le="0.01"})"),
      1);
  EXPECT_EQ(value_of(text, R"(playground_request_seconds_count{role="ui",route="/"})"), 1);
}

TEST(Metrics, CountErrorsByRoleAndCode) {
  Metrics metrics;
  metrics.count_error("backend", "queue_full");
  metrics.count_error("backend", "queue_full");
  metrics.count_error("ui", "queue_full");
  std::string text = metrics.text();
  auto count = [&](const char* labels) {
    return value_of(text, "playground_error_replies_total{" + std::string(labels) + "}");
  };
  EXPECT_EQ(count(R"(error="queue_full",role="backend")"), 2);
  EXPECT_EQ(count(R"(error="queue_full",role="ui")"), 1);
}

TEST(Metrics, ShowThePoolAsItIs) {
  Metrics metrics;
  metrics.set_pool(9, 9, 9, 9);
  metrics.set_pool(1, 2, 3, 0);
  std::string text = metrics.text();
  EXPECT_EQ(value_of(text, "playground_pool_ready"), 1);
  EXPECT_EQ(value_of(text, "playground_pool_warming"), 2);
  EXPECT_EQ(value_of(text, "playground_pool_running"), 3);
  EXPECT_EQ(value_of(text, "playground_pool_queued"), 0);
}

TEST(Metrics, TheFirstZygoteIsNoRestart) {
  Metrics metrics;
  metrics.set_zygote_starts(0, 1);
  EXPECT_EQ(value_of(metrics.text(), "playground_zygote_restarts_total"), 0);
  metrics.set_zygote_starts(1, 1);
  EXPECT_EQ(value_of(metrics.text(), "playground_zygote_restarts_total"), 0);
  metrics.set_zygote_starts(3, 1);
  EXPECT_EQ(value_of(metrics.text(), "playground_zygote_restarts_total"), 2);
  metrics.set_zygote_starts(7, 2);  // of two interpreters
  EXPECT_EQ(value_of(metrics.text(), "playground_zygote_restarts_total"), 5);
}

TEST(Metrics, ShowEachInterpreter) {
  Metrics metrics;
  metrics.set_interpreter("3.11", {.ready = 4, .running = 3, .queued = 2, .up = true});
  metrics.set_interpreter("venv", {.ready = 1, .running = 0, .queued = 0, .up = true});
  metrics.set_interpreter("venv", {.ready = 0, .running = 0, .queued = 5, .up = false});
  std::string text = metrics.text();
  EXPECT_EQ(value_of(text, R"(playground_interpreter_ready{python="3.11"})"), 4);
  EXPECT_EQ(value_of(text, R"(playground_interpreter_running{python="3.11"})"), 3);
  EXPECT_EQ(value_of(text, R"(playground_interpreter_queued{python="3.11"})"), 2);
  EXPECT_EQ(value_of(text, R"(playground_interpreter_up{python="3.11"})"), 1);
  EXPECT_EQ(value_of(text, R"(playground_interpreter_queued{python="venv"})"), 5);
  EXPECT_EQ(value_of(text, R"(playground_interpreter_up{python="venv"})"), 0);
}

TEST(Metrics, CountersNeverGoDown) {
  Metrics metrics;
  metrics.set_workers_lost(5);
  metrics.set_workers_lost(2);
  EXPECT_EQ(value_of(metrics.text(), "playground_workers_lost_total"), 5);
}

TEST(Metrics, ShowConnectionsByRole) {
  Metrics metrics;
  metrics.set_connections("ui", 7);
  metrics.set_connections("backend", 1);
  metrics.set_connections("ui", 6);
  std::string text = metrics.text();
  EXPECT_EQ(value_of(text, R"(playground_connections{role="ui"})"), 6);
  EXPECT_EQ(value_of(text, R"(playground_connections{role="backend"})"), 1);
}

TEST(Metrics, ShowTheProcess) {
  Metrics metrics;
  std::string text = metrics.text();
  EXPECT_GT(value_of(text, "process_resident_memory_bytes"), 1e6);
  EXPECT_GT(value_of(text, "process_virtual_memory_bytes"), 1e6);
  EXPECT_GE(value_of(text, "process_open_fds"), 3);
  EXPECT_GT(value_of(text, "process_max_fds"), 3);
  EXPECT_GT(value_of(text, "process_cpu_seconds_total"), 0);
  using std::chrono::system_clock;
  auto now = static_cast<double>(system_clock::to_time_t(system_clock::now()));
  EXPECT_NEAR(value_of(text, "process_start_time_seconds"), now, 300);
}

TEST(Metrics, CountAnOpenedDescriptor) {
  Metrics metrics;
  double before = value_of(metrics.text(), "process_open_fds");
  int fd = ::dup(1);
  EXPECT_EQ(value_of(metrics.text(), "process_open_fds"), before + 1);
  ::close(fd);
}

TEST(Metrics, NameTheBuild) {
  EXPECT_EQ(value_of(Metrics().text(),
                     "playground_build_info{version=\"" + std::string(kVersion) + "\"}"),
            1);
}

TEST(Metrics, AreSummedOverLoops) {
  Metrics first;
  Metrics second;
  Metrics third;
  first.count_request("ui", "/", 200);
  second.count_request("ui", "/", 200);
  second.count_request("ui", "/python", 502);
  third.count_request("ui", "/python", 502);
  first.observe_evaluation("ok", {.run = 0.75});
  third.observe_evaluation("ok", {.run = 0.002});
  third.observe_evaluation("timeout", {.run = 61});
  first.set_loops(3);
  first.set_connections("ui", 5);
  const Metrics* others[] = {&second, &third};
  std::string text = first.text(others);
  auto requests = [&](const char* labels) {
    return value_of(text, "playground_requests_total{" + std::string(labels) + "}");
  };
  EXPECT_EQ(requests(R"(code="200",role="ui",route="/")"), 2);
  EXPECT_EQ(requests(R"(code="502",role="ui",route="/python")"), 2);
  EXPECT_EQ(value_of(text, R"(playground_evaluations_total{status="ok"})"), 2);
  EXPECT_EQ(value_of(text, R"(playground_evaluations_total{status="timeout"})"), 1);
  EXPECT_EQ(value_of(text, R"(playground_evaluation_seconds_bucket{le="0.0025"})"), 1);
  EXPECT_EQ(value_of(text, R"(playground_evaluation_seconds_bucket{le="+Inf"})"), 3);
  EXPECT_DOUBLE_EQ(value_of(text, "playground_evaluation_seconds_sum"), 61.752);
  EXPECT_EQ(value_of(text, "playground_loops"), 3);
  EXPECT_EQ(value_of(text, R"(playground_connections{role="ui"})"), 5);
  EXPECT_EQ(value_of(text, "playground_build_info{version=\"" + std::string(kVersion) + "\"}"), 1);
  EXPECT_EQ(value_of(first.text(), R"(playground_evaluations_total{status="ok"})"), 1);
}

TEST(Metrics, MayBeReadWhileAnotherLoopCounts) {
  constexpr int kRequests = 20'000;
  Metrics first;
  Metrics other;
  const Metrics* others[] = {&other};
  std::thread counting([&] {
    for (int i = 0; i < kRequests; ++i) {
      other.count_request("ui", "/", 200 + i % 50);
      other.observe_evaluation("ok", {.run = 0.001});
    }
  });
  std::string count = "playground_evaluation_seconds_count";
  double last = 0;
  while (last < kRequests) {
    double now = value_of(first.text(others), count);
    ASSERT_GE(now, last);
    last = now;
  }
  counting.join();
  EXPECT_EQ(last, kRequests);
}

TEST(Metrics, AreTextOfOneTypeAndHelpLineForEachName) {
  Metrics metrics;
  metrics.count_request("ui", "/", 200);
  std::istringstream lines(metrics.text());
  std::set<std::string> types;
  std::string type;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# TYPE ")) {
      std::istringstream words(line.substr(7));
      words >> type;
      EXPECT_TRUE(types.insert(type).second) << line;
    } else if (!line.empty() && line[0] != '#') {
      EXPECT_TRUE(line.starts_with(type)) << line;
    }
  }
  EXPECT_EQ(types.count("playground_requests_total"), 1U);
  EXPECT_EQ(types.count("playground_queue_seconds"), 1U);
}

}  // namespace
}  // namespace playground::app
