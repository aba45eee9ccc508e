#include "app/refusal_reply.h"

namespace playground::app {
namespace {

constexpr int kUnavailable = 503;

}  // namespace

ApiError error_of(exec::Refusal refusal) {
  switch (refusal) {
    case exec::Refusal::queue_full:
      return {kUnavailable, "queue_full", "too many programs are waiting; try again", ""};
    case exec::Refusal::queue_timeout:
      return {kUnavailable, "queue_timeout", "no interpreter became free in time; try again", ""};
    case exec::Refusal::no_worker:
      return {kUnavailable, "no_worker", "no interpreter could be started; try again", ""};
    case exec::Refusal::draining:
      break;
  }
  return {kUnavailable, "draining", "the server is shutting down", ""};
}

// While the server shuts down it may have run: nobody should take it for untouched.
bool never_started(exec::Refusal refusal) {
  return refusal != exec::Refusal::draining;
}

http::Response to_response(exec::Refusal refusal) {
  ApiError error = error_of(refusal);
  if (never_started(refusal)) return not_started(error.code, error.message, 1);
  http::Response response = to_response(error);
  response.headers.add("Retry-After", "1");
  return response;
}

}  // namespace playground::app
