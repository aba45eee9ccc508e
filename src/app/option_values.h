// OptionValues: how each kind of value is read, shown and looked into. Rows of the table name
// these.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <type_traits>

#include "app/config.h"
#include "app/options.h"
#include "base/result.h"

namespace playground::app::values {

// A number within the range, without sign.
Result<std::uint64_t> parse_number(std::string_view value, const Range& range);

// A member that holds a number, in the option's unit times `Scale`; a duration counts in
// milliseconds.
template <auto Member, std::uint64_t Scale = 1>
struct Number {
  using Type = std::remove_reference_t<decltype(std::declval<Config&>().*Member)>;

  static Result<void> assign(Config& config, std::string_view value, const Range& range) {
    auto number = parse_number(value, range);
    if (!number) return Unexpected<Error>{number.error()};
    if constexpr (std::is_same_v<Type, milliseconds>) {
      config.*Member = milliseconds(static_cast<milliseconds::rep>(*number * Scale));
    } else {
      config.*Member = static_cast<Type>(*number * Scale);
    }
    return {};
  }

  static std::string show(const Config& config) {
    if constexpr (std::is_same_v<Type, milliseconds>) {
      return std::to_string((config.*Member).count());
    } else {
      return std::to_string(config.*Member / Scale);
    }
  }
};

// HOST:PORT to listen on: an address in numbers, for a name may have several.
Result<Endpoint> parse_listen(std::string_view value);

template <auto Member>
struct Listen {
  static Result<void> assign(Config& config, std::string_view value, const Range&) {
    auto endpoint = parse_listen(value);
    if (!endpoint) return Unexpected<Error>{endpoint.error()};
    config.*Member = *endpoint;
    return {};
  }
  static std::string show(const Config& config) { return (config.*Member).text(); }
};

template <auto Member>
struct Text {
  static Result<void> assign(Config& config, std::string_view value, const Range&) {
    if (value.empty()) return unexpected("is empty");
    config.*Member = value;
    return {};
  }
  static std::string show(const Config& config) { return config.*Member; }
};

struct Preload {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config) { return config.preload; }
};

// A tier of the sandbox.
Result<protocol::Tier> parse_tier(std::string_view value);

template <auto Member>
struct Tier {
  static Result<void> assign(Config& config, std::string_view value, const Range&) {
    auto tier = parse_tier(value);
    if (!tier) return Unexpected<Error>{tier.error()};
    config.*Member = *tier;
    return {};
  }
  static std::string show(const Config& config) { return protocol::name_of(config.*Member); }
};

// "auto" or "off".
Result<bool> parse_where_it_pays(std::string_view value);

template <auto Member>
struct WhereItPays {
  static Result<void> assign(Config& config, std::string_view value, const Range&) {
    auto wanted = parse_where_it_pays(value);
    if (!wanted) return Unexpected<Error>{wanted.error()};
    config.*Member = *wanted;
    return {};
  }
  static std::string show(const Config& config) { return config.*Member ? "auto" : "off"; }
};

struct LogLevel {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

struct LogFormat {
  static Result<void> assign(Config& config, std::string_view value, const Range&);
  static std::string show(const Config& config);
};

// Each speaks of its own file; one without the other is an error of the one that is there.
Result<void> verify_tls_cert(const Config& config);
Result<void> verify_tls_key(const Config& config);
Result<void> verify_backend_ca_file(const Config& config);
Result<void> verify_scratch_dir(const Config& config);
Result<void> verify_sandbox(const Config& config);
Result<void> verify_pool_max(const Config& config);

// With none for itself a loop would leave the connections that are given to it in its backlog.
Result<void> verify_max_connections(const Config& config);

}  // namespace playground::app::values
