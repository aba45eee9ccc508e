#include "app/outcome_words.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace playground::app {
namespace {

namespace dom = simdjson::dom;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kLimits{{
    {"wall", "time"},
    {"cpu", "processor time"},
    {"memory", "memory"},
    {"output", "output"},
    {"disk", "disk"},
    {"threads", "thread"},
}};

std::string_view text_of(const dom::element& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// "Stopped" and, where somebody else ended it, why: "the time limit for one run".
struct Ending {
  std::string what;
  std::string reason;
};

Ending ending(const dom::element& reply) {
  std::string_view status = text_of(reply, "status");
  std::string_view limit = text_of(reply, "limit");
  if (status == "ok") return {"Finished", ""};
  if (status == "error") {
    std::int64_t code = 0;
    if (reply["exit_code"].get(code) == simdjson::SUCCESS)
      return {"Ended with exit code " + std::to_string(code), ""};
  }
  if (status == "denied") return {"Stopped", "a forbidden system call"};
  if (status == "signal" && limit.empty())
    return {"Ended by signal " + std::string(text_of(reply, "signal")), ""};
  std::string_view words = status;
  for (const auto& [name, known] : kLimits) {
    if (limit == name) words = known;
  }
  return {"Stopped", "the " + std::string(words) + " limit for one run"};
}

std::string duration(const dom::element& reply) {
  double ms = 0;
  if (reply["duration_ms"].get(ms) != simdjson::SUCCESS) return "";
  char text[48];
  if (ms < 1000) {
    std::snprintf(text, sizeof(text), " after %ld ms", std::lround(ms));
  } else {
    std::snprintf(text, sizeof(text), " after %.1f s", ms / 1000);
  }
  return text;
}

bool is_cut(const dom::element& reply, std::string_view stream) {
  bool cut = false;
  return reply["truncated"][stream].get(cut) == simdjson::SUCCESS && cut;
}

std::string denied_calls(const dom::element& reply) {
  dom::array names;
  std::string list;
  if (reply["denied"].get(names) != simdjson::SUCCESS) return list;
  for (const dom::element& item : names) {
    std::string_view name;
    if (item.get(name) != simdjson::SUCCESS) continue;
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

}  // namespace

std::string describe_run(const dom::element& reply, std::string_view backend) {
  auto [what, reason] = ending(reply);
  std::string words = what + duration(reply);
  if (!backend.empty()) words += " on backend " + std::string(backend);
  words += reason.empty() ? "." : ": " + reason + ".";
  if (is_cut(reply, "stdout")) words += " Standard output was cut off.";
  if (is_cut(reply, "stderr")) words += " Standard error was cut off.";
  if (std::string calls = denied_calls(reply); !calls.empty())
    words += " Refused system calls: " + calls + ".";
  return words;
}

}  // namespace playground::app
