// Request and Response as the rest of the program sees them: parsed, framed and bounded already.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace playground::http {

struct Header {
  Header(std::string_view its_name, std::string_view its_value)
      : name(its_name), value(its_value) {}

  std::string name;
  std::string value;
};

// Field names compare without regard to case (RFC 9110, 5.1); order is kept.
class Headers {
 public:
  void add(std::string_view name, std::string_view value);
  // Replaces every field of that name.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);
  // Of the fields of these names leaves the first each, and no others; at most 32 names.
  void keep_first(std::span<const std::string_view> names);

  // The first field of that name.
  std::optional<std::string_view> get(std::string_view name) const;
  std::size_t count(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }
  void reserve(std::size_t fields) { fields_.reserve(fields); }

 private:
  std::vector<Header> fields_;
};

struct Request {
  std::string method;  // as sent: "POST"
  std::string path;    // "/py/eval", without the query
  std::string query;   // what follows "?", or empty
  int minor_version = 1;
  Headers headers;
  std::string body;
  std::string peer;  // "127.0.0.1:40112"
  std::string id;    // the client's X-Request-Id, or one made for it
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
