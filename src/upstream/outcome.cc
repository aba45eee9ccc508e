#include "upstream/outcome.h"

namespace playground::upstream {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered:
      return "answered";
    case Outcome::server_error:
      return "server_error";
    case Outcome::full:
      return "full";
    case Outcome::unauthorized:
      return "unauthorized";
    case Outcome::connect:
      return "connect";
    case Outcome::stale:
      return "stale";
    case Outcome::broken:
      return "broken";
    case Outcome::cut:
      return "cut";
    case Outcome::invalid:
      return "invalid";
    case Outcome::timeout:
      return "timeout";
    case Outcome::cancelled:
      return "cancelled";
  }
  return "";
}

Consequence consequence_of(Outcome outcome) {
  using Blame = Health::Blame;
  switch (outcome) {
    case Outcome::answered:
    case Outcome::cancelled:
      return {Blame::none, Retry::never};
    // A program that takes too long is ended by the backend. Where a backend hangs, its checks
    // tell.
    case Outcome::timeout:
      return {Blame::none, Retry::never};
    case Outcome::full:
      return {Blame::none, Retry::free};
    case Outcome::connect:
      return {Blame::connect, Retry::free};
    case Outcome::unauthorized:
      return {Blame::reply, Retry::free};
    case Outcome::stale:
      return {Blame::none, Retry::budgeted};
    // Nothing of these has gone to the caller (of a reply that was cut: as long as it was held),
    // and a program can't cause the last two.
    case Outcome::broken:
    case Outcome::cut:
    case Outcome::server_error:
    case Outcome::invalid:
      return {Blame::reply, Retry::budgeted};
  }
  return {};
}

bool is_failure(Outcome outcome) {
  return consequence_of(outcome).blame != Health::Blame::none || outcome == Outcome::timeout;
}

}  // namespace playground::upstream
