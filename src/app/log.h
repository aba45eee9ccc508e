// Structured logs on stderr: one event a line, as JSON for machines or as text for people.
//
//   log::info("listening", {{"role", "ui"}, {"address", "127.0.0.1:5000"}});
//
// Writing never waits: a reader of stderr that does not keep up, or is gone, costs lines and not
// the server; how many lines were lost is the next thing that it is told. Any thread may write.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace playground::log {

enum class Level : int { debug, info, warning, error };
enum class Format { json, text };

// What a field may be. Text is not copied: it has to live until the call returns.
using Value = std::variant<std::string_view, std::int64_t, double, bool>;

struct Field {
  Field(std::string_view key, std::string_view text) : name(key), value(text) {}
  Field(std::string_view key, const char* text) : Field(key, std::string_view(text)) {}
  Field(std::string_view key, const std::string& text) : Field(key, std::string_view(text)) {}
  Field(std::string_view key, std::same_as<bool> auto yes) : name(key), value(yes) {}
  template <std::integral T>
  requires(!std::same_as<T, bool>) Field(std::string_view key, T number)
      : name(key), value(static_cast<std::int64_t>(number)) {}
  Field(std::string_view key, std::floating_point auto number)
      : name(key), value(static_cast<double>(number)) {}

  std::string_view name;
  Value value;
};

// Of an initializer list, an array or a vector; looked at before the call returns.
class Fields {
 public:
  Fields(std::initializer_list<Field> fields) : fields_(fields.begin(), fields.size()) {}
  Fields(std::span<const Field> fields) : fields_(fields) {}
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::span<const Field> fields_;
};

// The calling thread is that of a further loop: its lines say `loop` and this number. 0: they
// don't.
void set_loop(int number);

// Before this, the level is info and the format JSON. `fd` is written to and stays the caller's.
void configure(Level level, Format format, int fd = 2);

namespace detail {
extern std::atomic<Level> least;
void write(Level level, std::string_view event, Fields fields);
}  // namespace detail

inline bool enabled(Level level) {
  return level >= detail::least.load(std::memory_order_relaxed);
}

// In all of these `event` and the fields' names are identifiers ("zygote_ready"), chosen by us and
// never by a client.

// Whatever the level: for lines that have an option of their own.
inline void always(std::string_view event, Fields fields) {
  detail::write(Level::info, event, fields);
}

inline void debug(std::string_view event, Fields fields = {}) {
  if (enabled(Level::debug)) detail::write(Level::debug, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) {
  if (enabled(Level::info)) detail::write(Level::info, event, fields);
}
inline void warning(std::string_view event, Fields fields = {}) {
  if (enabled(Level::warning)) detail::write(Level::warning, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
  if (enabled(Level::error)) detail::write(Level::error, event, fields);
}

}  // namespace playground::log
