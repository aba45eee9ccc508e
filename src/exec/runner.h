// Runner: who runs programs, as a role sees it: the pool, or what stands for it on another loop.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "base/ticket.h"
#include "exec/interpreter_info.h"
#include "exec/program.h"

namespace playground::exec {

class Runner {
 public:
  virtual ~Runner() = default;

  using Answer = Result<Outcome, Refusal>;
  // Comes exactly once unless the Ticket is dropped before; `queued_ms` is the time until the
  // program's start.
  using OnDone = std::function<void(Answer answer, double queued_ms)>;

  // The right to an answer. Dropping it cancels: a queued program is forgotten, a running one
  // ended.
  using Ticket = playground::Ticket<Runner>;

  // Never calls back before it returns. The Runner outlives the Ticket.
  virtual Ticket submit(Program program, OnDone on_done) = 0;

  // The pool has been full of ready workers once, and can still make new ones.
  virtual bool warm() const = 0;

  // What programs can be run by, as Program::interpreter counts; the first is the default. Comes
  // exactly once, perhaps before this returns.
  using OnDescribed = std::function<void(std::vector<InterpreterInfo>)>;
  virtual void describe(OnDescribed on_described) = 0;

 private:
  friend Ticket;
  virtual void cancel(std::uint64_t id) = 0;
};

}  // namespace playground::exec
