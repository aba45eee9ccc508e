#include "exec/verdict.h"

#include <signal.h>
#include <string.h>

namespace playground::exec {

Verdict judge(const uv::Exit& exit, Cause cause) {
  auto stopped = [](Status status, Limit limit) {
    return Verdict{status, limit, std::nullopt, SIGKILL};
  };
  switch (cause) {
    case Cause::wall:
      return stopped(Status::timeout, Limit::wall);
    case Cause::cpu:
      return stopped(Status::timeout, Limit::cpu);
    case Cause::memory:
      return stopped(Status::memory, Limit::memory);
    case Cause::output:
      return stopped(Status::output, Limit::output);
    case Cause::disk:
      // By the watch, or by itself once its folder was full.
      if (exit.signal == 0) return {Status::disk, Limit::disk, exit.code, 0};
      return stopped(Status::disk, Limit::disk);
    case Cause::threads:
      return stopped(Status::signal, Limit::threads);
    case Cause::denied:
      return stopped(Status::denied, Limit::none);
    case Cause::none:
    case Cause::abandoned:
      break;
  }
  if (exit.signal != 0) return {Status::signal, Limit::none, std::nullopt, exit.signal};
  return {exit.code == 0 ? Status::ok : Status::error, Limit::none, exit.code, 0};
}

std::string signal_name(int number) {
  if (const char* name = ::sigabbrev_np(number)) return std::string("SIG") + name;
  if (number >= SIGRTMIN && number <= SIGRTMAX) {
    return number == SIGRTMIN ? "SIGRTMIN" : "SIGRTMIN+" + std::to_string(number - SIGRTMIN);
  }
  return "signal " + std::to_string(number);
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::error:
      return "error";
    case Status::timeout:
      return "timeout";
    case Status::memory:
      return "memory";
    case Status::output:
      return "output";
    case Status::disk:
      return "disk";
    case Status::signal:
      return "signal";
    case Status::denied:
      return "denied";
  }
  return "";
}

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::queue_full:
      return "queue_full";
    case Refusal::queue_timeout:
      return "queue_timeout";
    case Refusal::draining:
      return "draining";
    case Refusal::no_worker:
      return "no_worker";
  }
  return "";
}

std::string_view to_string(Limit limit) {
  switch (limit) {
    case Limit::none:
      return "";
    case Limit::wall:
      return "wall";
    case Limit::cpu:
      return "cpu";
    case Limit::memory:
      return "memory";
    case Limit::output:
      return "output";
    case Limit::disk:
      return "disk";
    case Limit::threads:
      return "threads";
  }
  return "";
}

}  // namespace playground::exec
