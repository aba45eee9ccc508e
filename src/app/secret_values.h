// SecretValues: options whose values nobody may see again: bearer tokens, given as they are or by a
// file. Rows of the table name these (option_rows_access.cc).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "app/options.h"
#include "base/result.h"

namespace playground::app::values {

inline constexpr Range kTokenRange{.words = "letters, digits and -._~+/= (RFC 6750, 2.1)"};
inline constexpr Range kTokensRange{
    .words = "tokens of letters, digits and -._~+/= (RFC 6750, 2.1), separated by commas"};
inline constexpr Range kTokenFileRange{.words = "a file with a token in it"};
inline constexpr Range kTokensFileRange{
    .words = "a file with tokens in it, one a line or separated by commas"};

// Errors say what is wrong, and never repeat a token.
Result<std::vector<std::string>> parse_tokens(std::string_view text);
Result<std::vector<std::string>> read_tokens(const std::string& file);

// How many there are, as an operator may see it: "2 tokens"; empty for none.
std::string show_tokens(const std::vector<std::string>& tokens);

// `Most` is 1 where only one token makes sense.
Result<void> assign_tokens(std::vector<std::string>& tokens, std::size_t most,
                           std::string_view value);

template <auto Member, std::size_t Most>
struct Tokens {
  static Result<void> assign(Config& config, std::string_view value, const Range&) {
    return assign_tokens(config.*Member, Most, value);
  }
  static std::string show(const Config& config) { return show_tokens(config.*Member); }
};

// The file that has the tokens of `Member`.
template <auto FileMember, auto Member, std::size_t Most>
struct TokensFile {
  static Result<void> assign(Config& config, std::string_view value, const Range&) {
    config.*FileMember = value;
    return {};
  }
  static std::string show(const Config& config) { return config.*FileMember; }

  static Result<void> read(Config& config) {
    if ((config.*FileMember).empty()) return {};
    if (!(config.*Member).empty()) {
      return unexpected("the variable without _FILE is set too; one of the two is enough");
    }
    auto tokens = read_tokens(config.*FileMember);
    if (!tokens) return Unexpected<Error>{tokens.error()};
    if (tokens->size() > Most) return unexpected("there is more than one token in it");
    config.*Member = std::move(*tokens);
    return {};
  }
};

// A token must not be readable on its way: over http:// it goes to loopback and private addresses
// only. Of names, which may lead elsewhere tomorrow, every connection judges the address.
Result<void> verify_backends(const Config& config);

// The same of the connections of `playground all` to its own backend's listener.
Result<void> verify_own_backend(const Config& config);

}  // namespace playground::app::values
