// Admission: who of a role's callers may run programs, and how often. May be used by several
// threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/caller.h"
#include "app/config.h"
#include "app/rate_limit.h"
#include "app/tokens.h"
#include "base/result.h"
#include "http/responder.h"

namespace playground::app {

class Admission {
 public:
  Admission(std::vector<std::string> tokens, Trust trust, const RateLimit& limit);
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  static std::unique_ptr<Admission> of_backend(const Config& config);
  static std::unique_ptr<Admission> of_ui(const Config& config);

  const Tokens& tokens() const { return tokens_; }
  const Callers& callers() const { return callers_; }

  // Lets a request for an evaluation in and says whose it is, or says why not: 401 without a token
  // where one is demanded, 429 above the rate limit. `token` is one that came by another way than
  // Authorization, empty for none. Where there is a rate limit, the reply to come tells its state.
  Result<Caller, http::Response> admit(const http::Request& request, http::Responder& responder,
                                       std::string_view token = "");

  // The two halves of that, for a request whose programs have to be counted in between.
  Result<Caller, http::Response> let_in(const http::Request& request,
                                        std::string_view token = "") const;
  // A request for several programs is refused as a whole: with 429, or with 400 where there are
  // more of them than the limit ever allows at once.
  std::optional<http::Response> over_limit(const Caller& caller, http::Responder& responder,
                                           std::uint64_t programs = 1);
  bool has_limit() const { return limiter_.has_value(); }

 private:
  const Tokens tokens_;
  const Callers callers_;
  std::optional<RateLimiter> limiter_;
};

}  // namespace playground::app
