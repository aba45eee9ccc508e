#include "app/log_sink.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

namespace playground::log {
namespace {

constexpr std::string_view kColourEnd = "\033[0m";

std::string_view colour_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::debug:
      return "\033[2m";
    case spdlog::level::info:
      return "\033[32m";
    case spdlog::level::warn:
      return "\033[33m";
    default:
      return "\033[31m";
  }
}

// O_NONBLOCK on the descriptor itself would reach everyone who shares it, the shell included. A
// terminal can be opened a second time; a pipe needs no more than poll().
UniqueFd reopen_terminal(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISCHR(status.st_mode)) return {};
  std::string path = "/proc/self/fd/" + std::to_string(fd);
  return UniqueFd(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

}  // namespace

DescriptorSink::DescriptorSink(int fd, bool coloured, std::string lost)
    : own_(reopen_terminal(fd)),
      fd_(own_ ? own_.get() : fd),
      coloured_(coloured),
      lost_payload_(std::move(lost)) {}

void DescriptorSink::sink_it_(const spdlog::details::log_msg& message) {
  if (lost_ > 0) report_lost(message);
  spdlog::memory_buf_t line;
  formatter_->format(message, line);
  if (coloured_ && message.color_range_end > message.color_range_start) {
    std::string_view colour = colour_of(message.level);
    std::size_t end = message.color_range_end;
    std::string text(line.data(), line.size());
    text.insert(end, kColourEnd).insert(message.color_range_start, colour);
    if (!write_line(text)) ++lost_;
    return;
  }
  if (!write_line({line.data(), line.size()})) ++lost_;
}

// In the words of the pattern that all lines have, so it is JSON where these are.
void DescriptorSink::report_lost(const spdlog::details::log_msg& next) {
  std::string payload = lost_payload_ + std::to_string(lost_);
  spdlog::details::log_msg report(next.time, {}, next.logger_name, spdlog::level::warn, payload);
  spdlog::memory_buf_t line;
  formatter_->format(report, line);
  if (write_line({line.data(), line.size()})) lost_ = 0;
}

bool DescriptorSink::write_line(std::string_view line) {
  if (torn_ && write_some("\n") == 0) return false;
  torn_ = false;
  std::size_t total = line.size();
  while (!line.empty()) {
    std::size_t written = write_some(line);
    if (written == 0) break;
    line.remove_prefix(written);
  }
  torn_ = !line.empty() && line.size() < total;
  return line.empty();
}

// What poll() calls writable takes PIPE_BUF bytes at once (pipe(7)); an error on it is that the
// reader is gone.
std::size_t DescriptorSink::write_some(std::string_view bytes) {
  pollfd ready{fd_, POLLOUT, 0};
  if (::poll(&ready, 1, 0) != 1 || ready.revents != POLLOUT) return 0;
  ssize_t written = 0;
  do {
    written = ::write(fd_, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
  } while (written < 0 && errno == EINTR);
  return written > 0 ? static_cast<std::size_t>(written) : 0;
}

}  // namespace playground::log
