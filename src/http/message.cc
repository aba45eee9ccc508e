#include "http/message.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"

namespace playground::http {
namespace {

struct Phrase {
  int status;
  std::string_view text;
};
constexpr Phrase kPhrases[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

}  // namespace

// The value may be another field's. The text is never so short that it moves with its string.
void Headers::add(std::string_view name, std::string_view value) {
  const std::size_t begin = text_.size();
  const std::size_t end = begin + name.size() + value.size();
  if (text_.capacity() < std::max(kBlockBytes - 1, end)) {
    RecycledText<kBlockBytes> grown;
    grown.reserve(end < kBlockBytes ? kBlockBytes - 1 : 2 * end);
    grown.append(text_).append(name).append(value);
    text_ = std::move(grown);
  } else {
    text_.append(name).append(value);
  }
  if (places_.empty()) places_.reserve(kBlockBytes / sizeof(Place));
  places_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(name.size()),
                     static_cast<std::uint32_t>(value.size())});
}

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

void Headers::remove(std::string_view name) {
  std::erase_if(places_, [&](const Place& p) { return equals_ignoring_case(at(p).name, name); });
}

void Headers::keep_first(std::span<const std::string_view> names) {
  std::uint32_t seen = 0;
  std::erase_if(places_, [&](const Place& place) {
    auto same = [&](std::string_view name) { return equals_ignoring_case(at(place).name, name); };
    auto name = std::find_if(names.begin(), names.end(), same);
    if (name == names.end()) return true;
    std::uint32_t bit = std::uint32_t{1} << (name - names.begin());
    bool again = (seen & bit) != 0;
    seen |= bit;
    return again;
  });
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const Header& field : *this) {
    if (equals_ignoring_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  auto same = [&](const Place& place) { return equals_ignoring_case(at(place).name, name); };
  return static_cast<std::size_t>(std::count_if(places_.begin(), places_.end(), same));
}

Response Response::json(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response Response::error(int status, std::string_view code, std::string_view message) {
  JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("code").string(code).key("message").string(message);
  json.end_object().end_object();
  Response response = Response::json(status, json.take());
  response.error_code = code;
  return response;
}

std::string_view reason(int status) {
  for (const Phrase& phrase : kPhrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Unknown";
}

}  // namespace playground::http
