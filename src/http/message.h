// Request and Response as the rest of the program sees them: parsed, framed and bounded already.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/recycled.h"

namespace playground::http {

// Views of what the Headers have: good until these change.
struct Header {
  std::string_view name;
  std::string_view value;
};

// Field names compare without regard to case (RFC 9110, 5.1); order is kept. Views stay good while
// they are moved.
class Headers {
  // Of a field, whose value follows its name in the text. Heads are shorter than 4 GB.
  struct Place {
    std::uint32_t begin, name_size, value_size;
  };
  static constexpr std::size_t kBlockBytes = 1024;
  using Places = std::vector<Place, RecyclingAllocator<Place, kBlockBytes>>;

 public:
  class Iterator {
   public:
    Iterator(const Headers& headers, Places::const_iterator place)
        : headers_(&headers), place_(place) {}
    Header operator*() const { return headers_->at(*place_); }
    Iterator& operator++() {
      ++place_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return place_ == other.place_; }

   private:
    const Headers* headers_;
    Places::const_iterator place_;
  };

  void add(std::string_view name, std::string_view value);
  // Replaces every field of that name.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);
  // Of the fields of these names leaves the first each, and no others; at most 32 names.
  void keep_first(std::span<const std::string_view> names);

  // The first field of that name.
  std::optional<std::string_view> get(std::string_view name) const;
  std::size_t count(std::string_view name) const;

  Iterator begin() const { return {*this, places_.begin()}; }
  Iterator end() const { return {*this, places_.end()}; }
  std::size_t size() const { return places_.size(); }

 private:
  // Here, so that who wants the name alone pays for no more.
  Header at(const Place& place) const {
    const char* name = text_.data() + place.begin;
    return {{name, place.name_size}, {name + place.name_size, place.value_size}};
  }

  RecycledText<kBlockBytes> text_;  // of removed ones, too
  Places places_;
};

// What is mostly short, but too long to lie in a std::string: an id, a media type.
using ShortText = RecycledText<256>;

struct Request {
  std::string method;  // as sent: "POST"
  std::string path;    // "/py/eval", without the query
  std::string query;   // what follows "?", or empty
  int minor_version = 1;
  Headers headers;
  std::string body;
  std::string peer;  // "127.0.0.1:40112"
  ShortText id;      // the client's X-Request-Id, or one made for it
};

struct Response {
  int status = 200;
  // Without Content-Length, Connection, Date and Transfer-Encoding: the writer frames the message.
  Headers headers;
  std::string body;
  std::string error_code;  // the code in an error's body, for who counts or logs it; not sent

  // The body's type needs no field: the writer names it.
  static Response json(int status, std::string body);
  // {"error": {"code": …, "message": …}}
  static Response error(int status, std::string_view code, std::string_view message);
};

// The reason phrase of a status code: "Not Found"; "Unknown" for one that isn't ours.
std::string_view reason(int status);

}  // namespace playground::http
