#include "http/writer.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>

#include "base/text.h"

namespace playground::http {
namespace {

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  auto [end, error] = std::to_chars(digits, digits + sizeof(digits), number);
  out.append(digits, end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value);
  // What would end the line, or be taken for its end by somebody.
  auto unfit = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  std::replace_if(out.end() - static_cast<std::ptrdiff_t>(value.size()), out.end(), unfit, ' ');
  out += "\r\n";
}

// What write_head() decides; a response that brings its own is not believed.
bool is_framing(std::string_view name) {
  static constexpr std::string_view kNames[] = {"content-length", "transfer-encoding", "connection",
                                                "keep-alive", "date"};
  for (std::string_view framing : kNames) {
    if (equals_ignoring_case(name, framing)) return true;
  }
  return false;
}

bool has_no_content(int status) {
  return status == 204 || status == 304 || status < 200;
}

void append_framing(std::string& out, const Framing& framing) {
  if (framing.kind == BodyKind::until_close) return;
  if (framing.kind == BodyKind::chunked) {
    out += "Transfer-Encoding: chunked\r\n";
    return;
  }
  out += "Content-Length: ";
  append_number(out, framing.length);
  out += "\r\n";
}

}  // namespace

std::string_view write_head(const Response& response, const ReplyForm& form,
                            std::string_view date) {
  return write_head(response, {BodyKind::length, response.body.size()}, form, date);
}

std::string_view write_head(const Response& response, const Framing& framing, const ReplyForm& form,
                            std::string_view date) {
  thread_local std::string out;
  out = "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(response.status));
  out.append(" ").append(reason(response.status)).append("\r\n");
  append_field(out, "Date", date);
  // No browser may take a reply for something else than it says it is.
  out += "X-Content-Type-Options: nosniff\r\n";
  bool typed = false;
  for (const Header& field : response.headers) {
    if (is_framing(field.name)) continue;
    typed = typed || equals_ignoring_case(field.name, "content-type");
    append_field(out, field.name, field.value);
  }
  if (!form.id.empty()) append_field(out, "X-Request-Id", form.id);
  if (!has_no_content(response.status)) {
    if (!typed) append_field(out, "Content-Type", "application/json");
    append_framing(out, framing);
  }
  if (!form.keep_alive) {
    out += "Connection: close\r\n";
  } else if (form.minor_version == 0) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
  return out;
}

bool sends_body(const Response& response, const ReplyForm& form) {
  return !form.head_only && !has_no_content(response.status);
}

std::string http_date(std::time_t time) {
  // Not strftime: its names follow the locale.
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&time, &utc);
  char text[64];
  int length = std::snprintf(text, sizeof(text), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                             kDays[utc.tm_wday], utc.tm_mday, kMonths[utc.tm_mon],
                             utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return std::string(text, static_cast<std::size_t>(length));
}

std::string_view date_now() {
  thread_local std::time_t cached_time = -1;
  thread_local std::string cached;
  timespec now{};
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (now.tv_sec != cached_time) {
    cached_time = now.tv_sec;
    cached = http_date(now.tv_sec);
  }
  return cached;
}

}  // namespace playground::http
