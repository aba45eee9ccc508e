// Writing JSON (RFC 8259) straight into a string. Reading is a library's task; writing replies is
// the request's path, where an escaper of our own is several times faster than a document model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace playground {

// Commas and quotes put where they belong; the caller keeps begin and end paired.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  // `name` is an identifier of ours, as "exit_code", that needs no escape.
  JsonWriter& key(std::string_view name);

  JsonWriter& string(std::string_view value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& number(double value);  // three decimals at most; NaN and infinity as null
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  // A member of an object: its key and an integer.
  JsonWriter& count(std::string_view name, std::uint64_t value);

  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  std::string take() { return std::move(out_); }

 private:
  void separate();

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace playground
