#include "app/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <utility>

#include "app/log_sink.h"
#include "base/json_string.h"

namespace playground::log {
namespace {

// The payload is the rest of a JSON object that the pattern has begun.
constexpr const char* kJsonPattern = R"({"ts":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";
constexpr const char* kTextPattern = "%H:%M:%S.%e %^%-7l%$ %v";

struct Output {
  Format format;
  spdlog::logger logger;
};

std::unique_ptr<Output> make_output(Format format, int fd) {
  bool json = format == Format::json;
  bool coloured = !json && ::isatty(fd) == 1;
  auto sink = std::make_shared<DescriptorSink>(
      fd, coloured, json ? R"("event":"log_lines_lost","count":)" : "log_lines_lost count=");
  auto output = std::make_unique<Output>(Output{format, spdlog::logger("playground", sink)});
  output->logger.set_level(spdlog::level::trace);
  output->logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(
      json ? kJsonPattern : kTextPattern,
      json ? spdlog::pattern_time_type::utc : spdlog::pattern_time_type::local, "\n"));
  return output;
}

std::unique_ptr<Output>& output() {
  static std::unique_ptr<Output> current = make_output(Format::json, STDERR_FILENO);
  return current;
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      break;
  }
  return spdlog::level::err;
}

template <class Number>
void append_number(std::string& line, Number number) {
  std::array<char, 32> digits;
  auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  line.append(digits.data(), end);
}

void append_value(std::string& line, std::string_view text, Format format) {
  // Text of letters, digits and common signs reads better without quotes.
  constexpr std::string_view kPlain = "-._:/,+@%~";
  bool plain = format == Format::text && !text.empty();
  for (char c : text) {
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      kPlain.find(c) != std::string_view::npos);
  }
  if (plain) {
    line += text;
  } else {
    append_json_string(line, text);
  }
}

void append_value(std::string& line, std::int64_t number, Format) {
  append_number(line, number);
}

void append_value(std::string& line, double number, Format) {
  if (std::isfinite(number)) {
    append_number(line, number);
  } else {
    line += "null";
  }
}

void append_value(std::string& line, bool yes, Format) {
  line += yes ? "true" : "false";
}

thread_local int loop_number = 0;

void append_field(std::string& line, const Field& field, Format format) {
  line += format == Format::json ? ',' : ' ';
  append_value(line, field.name, format);
  line += format == Format::json ? ':' : '=';
  std::visit([&](const auto& value) { append_value(line, value, format); }, field.value);
}

std::string payload_of(std::string_view event, Fields fields, Format format) {
  std::string line;
  if (format == Format::json) line += R"("event":)";
  append_value(line, event, format);
  for (const Field& field : fields) append_field(line, field, format);
  if (loop_number != 0) append_field(line, {"loop", loop_number}, format);
  return line;
}

}  // namespace

namespace detail {

std::atomic<Level> least{Level::info};

// spdlog catches what is thrown in it (memory for a line can't be had) and goes on.
void write(Level level, std::string_view event, Fields fields) {
  Output& to = *output();
  to.logger.log(to_spdlog(level), payload_of(event, fields, to.format));
}

}  // namespace detail

void set_loop(int number) {
  loop_number = number;
}

void configure(Level level, Format format, int fd) {
  output() = make_output(format, fd);
  detail::least.store(level, std::memory_order_relaxed);
}

}  // namespace playground::log
