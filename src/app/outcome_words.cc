#include "app/outcome_words.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "base/text.h"

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

constexpr std::array<std::pair<int, std::string_view>, 7> kRefusals{{
    {401, "You are not allowed to run programs here"},
    {408, "The program took too long to arrive"},
    {413, "The program is too large"},
    {429, "Too many programs in a short time"},
    {502, "No backend can be reached"},
    {503, "The service is busy"},
    {504, "No backend answered in time"},
}};

std::string_view text_of(const dom::element& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// Its kind for the style sheet; "Stopped" and, where somebody else ended it, why: "the time limit
// for one run".
struct Ending {
  std::string_view kind;
  std::string what;
  std::string reason;
};

Ending ending(const dom::element& reply) {
  std::string_view status = text_of(reply, "status");
  std::string_view limit = text_of(reply, "limit");
  if (status == "ok") return {"ok", "Finished", ""};
  if (status == "error") {
    std::int64_t code = 0;
    if (reply["exit_code"].get(code) == simdjson::SUCCESS)
      return {"ended", "Ended with exit code " + std::to_string(code), ""};
  }
  if (status == "denied") return {"stopped", "Stopped", "a forbidden system call"};
  if (status == "signal" && limit.empty())
    return {"ended", "Ended by signal " + std::string(text_of(reply, "signal")), ""};
  std::string_view words = status;
  for (const auto& [name, known] : kLimits) {
    if (limit == name) words = known;
  }
  return {"stopped", "Stopped", "the " + std::string(words) + " limit for one run"};
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

std::string waiting(std::uint64_t seconds) {
  constexpr std::uint64_t kMinutesFrom = 120;
  if (seconds < kMinutesFrom) return std::to_string(seconds) + " s";
  return std::to_string((seconds - 1) / 60 + 1) + " minutes";
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
  const Ending end = ending(reply);
  std::string words = end.what + duration(reply);
  if (!backend.empty()) words += " on backend " + std::string(backend);
  words += end.reason.empty() ? "." : ": " + end.reason + ".";
  if (is_cut(reply, "stdout")) words += " Standard output was cut off.";
  if (is_cut(reply, "stderr")) words += " Standard error was cut off.";
  if (std::string calls = denied_calls(reply); !calls.empty())
    words += " Refused system calls: " + calls + ".";
  return words;
}

std::string_view kind_of_run(const dom::element& reply) {
  return ending(reply).kind;
}

std::string describe_refusal(int status, std::string_view message, std::string_view retry_after) {
  std::string words = status >= 500 ? "The service failed" : "The service refused the program";
  for (const auto& [known, text] : kRefusals) {
    if (known == status) words = text;
  }
  words += " (" + std::to_string(status) + ")";
  // The header that programs send it by is no help to whoever types it in.
  if (status == 401) message = "the token is missing, or not the right one";
  // What these say is said already, before them and after them.
  if (status == 429) message = {};
  for (std::string_view end : {".", "; try again"}) {
    if (message.ends_with(end)) message.remove_suffix(end.size());
  }
  if (!message.empty()) words += ": " + std::string(message);
  words += ".";
  if (auto seconds = parse_unsigned(retry_after); seconds)
    words += " Try again in " + waiting(*seconds) + ".";
  return words;
}

}  // namespace playground::app
