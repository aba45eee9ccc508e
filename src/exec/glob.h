// Glob: one pattern over relative paths. `*` stands for any characters of a name, `?` for one,
// `[a-z]` and `[!a-z]` for one of or not of these, and `**`, as a whole component, for any folders,
// none included; at the end for everything below. As in a shell, a name that begins with a dot is
// matched only by a component that does. There is no escape: `[*]` is an asterisk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace playground::exec {

// What a search may still cost, in comparisons: matching one path takes up to as many as the
// product of both lengths.
struct GlobBudget {
  std::int64_t steps = 0;

  bool spend(std::size_t count) {
    steps -= static_cast<std::int64_t>(count);
    return steps >= 0;
  }
};

class Glob {
 public:
  // `pattern` is UTF-8. Errors: it is empty or absolute, has an empty component, "." or "..", a "["
  // without its "]", or a range that ends before it begins.
  static Result<Glob> parse(std::string_view pattern);

  // `path` is relative, and UTF-8. False, too, when the budget is used up.
  bool matches(std::string_view path, GlobBudget& budget) const;

  const std::string& text() const { return text_; }

 private:
  // One character, or any number of them.
  struct Token {
    enum class Kind { character, any, run, set };
    bool is_run() const { return kind == Kind::run; }
    bool accepts(char32_t c) const;

    Kind kind = Kind::character;
    bool negated = false;                                 // of a set
    std::vector<std::pair<char32_t, char32_t>> ranges{};  // of a set; else one: the character
  };
  // One name, or any number of them.
  struct Component {
    bool is_run() const { return any_depth; }

    bool any_depth = false;
    std::vector<Token> tokens{};
  };

  static Result<Component> parse_component(std::string_view text);
  static Result<Token> parse_set(std::u32string_view text, std::size_t& at);

  std::string text_;
  std::vector<Component> components_;
};

}  // namespace playground::exec
