#include "exec/verdict.h"

#include <signal.h>
#include <string.h>

namespace playground::exec {

Verdict judge(const uv::Exit& exit, Cause cause) {
  switch (cause) {
    case Cause::wall:
      return {Status::timeout, Limit::wall, std::nullopt, SIGKILL};
    case Cause::output:
      return {Status::output, Limit::output, std::nullopt, SIGKILL};
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
