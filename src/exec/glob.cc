#include "exec/glob.h"

#include <algorithm>

namespace playground::exec {
namespace {

// Of text that is known to be UTF-8.
std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) {
      points.back() = points.back() << 6 | (byte & 0x3F);
    } else {
      points += byte < 0x80   ? byte
                : byte < 0xE0 ? byte & 0x1F
                : byte < 0xF0 ? byte & 0x0F
                              : byte & 7;
    }
  }
  return points;
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> names;
  while (true) {
    std::size_t slash = path.find('/');
    names.push_back(path.substr(0, slash));
    if (slash == path.npos) return names;
    path.remove_prefix(slash + 1);
  }
}

// Whether `parts`, some of which stand for runs of items, describe `items`. When one doesn't fit,
// the last run takes one item more: no earlier one has to be tried again, for what stands between
// them has matched at the first place possible. The same for names and for paths.
template <class Part, class Item, class Accepts>
bool match(const std::vector<Part>& parts, const Item& items, GlobBudget& budget, Accepts accepts) {
  constexpr std::size_t kNone = SIZE_MAX;
  std::size_t part = 0, item = 0, run = kNone, run_end = 0;
  while (item < items.size()) {
    if (!budget.spend(1)) return false;
    if (part < parts.size() && parts[part].is_run()) {
      run = part++;
      run_end = item;
    } else if (part < parts.size() && accepts(parts[part], items[item])) {
      ++part;
      ++item;
    } else if (run != kNone && accepts(parts[run], items[run_end])) {
      part = run + 1;
      item = ++run_end;
    } else {
      return false;
    }
  }
  return std::all_of(parts.begin() + static_cast<std::ptrdiff_t>(part), parts.end(),
                     [](const Part& left) { return left.is_run(); });
}

}  // namespace

bool Glob::Token::accepts(char32_t c) const {
  if (kind == Kind::run || kind == Kind::any) return true;
  bool in = std::any_of(ranges.begin(), ranges.end(),
                        [c](const auto& range) { return range.first <= c && c <= range.second; });
  return in != negated;
}

// From behind the "[" to behind the "]", which stands for itself at the first place.
Result<Glob::Token> Glob::parse_set(std::u32string_view text, std::size_t& at) {
  Token set{Token::Kind::set};
  if (at < text.size() && text[at] == U'!') {
    set.negated = true;
    ++at;
  }
  for (bool first = true; at < text.size() && (first || text[at] != U']'); first = false) {
    char32_t from = text[at++];
    char32_t to = from;
    if (at + 1 < text.size() && text[at] == U'-' && text[at + 1] != U']') {
      to = text[at + 1];
      at += 2;
    }
    if (to < from) return unexpected("has a range that ends before it begins");
    set.ranges.emplace_back(from, to);
  }
  if (at >= text.size()) return unexpected("has a \"[\" without its \"]\"");
  ++at;
  return set;
}

Result<Glob::Component> Glob::parse_component(std::string_view text) {
  if (text.empty()) return unexpected("must not have an empty component");
  if (text == "." || text == "..") {
    return unexpected("must not have the component \"" + std::string(text) + "\"");
  }
  if (text == "**") return Component{true};
  Component component;
  std::u32string points = code_points(text);
  for (std::size_t at = 0; at < points.size();) {
    char32_t c = points[at++];
    if (c == U'[') {
      auto set = parse_set(points, at);
      if (!set) return Unexpected<Error>{set.error()};
      component.tokens.push_back(std::move(*set));
    } else if (c == U'*') {
      component.tokens.push_back({Token::Kind::run});
    } else if (c == U'?') {
      component.tokens.push_back({Token::Kind::any});
    } else {
      component.tokens.push_back({Token::Kind::character, false, {{c, c}}});
    }
  }
  return component;
}

Result<Glob> Glob::parse(std::string_view pattern) {
  if (pattern.empty()) return unexpected("must not be empty");
  if (pattern.front() == '/') return unexpected("must be relative");
  Glob glob;
  glob.text_ = pattern;
  for (std::string_view part : split_path(pattern)) {
    auto component = parse_component(part);
    if (!component) return Unexpected<Error>{component.error()};
    glob.components_.push_back(std::move(*component));
  }
  // What is below a folder is not the folder itself.
  if (glob.components_.back().any_depth) {
    glob.components_.push_back({false, {{Token::Kind::run}}});
  }
  return glob;
}

bool Glob::matches(std::string_view path, GlobBudget& budget) const {
  auto fits = [&budget](const Component& component, std::string_view name) {
    bool hidden = name.starts_with('.');
    if (component.any_depth) return !hidden;
    const Token& first = component.tokens.front();
    if (hidden && (first.kind != Token::Kind::character || !first.accepts(U'.'))) return false;
    return match(component.tokens, code_points(name), budget,
                 [&budget](const Token& token, char32_t c) {
                   return budget.spend(token.ranges.size()) && token.accepts(c);
                 });
  };
  return match(components_, split_path(path), budget, fits);
}

}  // namespace playground::exec
