// Runner: who runs programs, as a role sees it: the pool, or what stands for it on another loop.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
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

  // Who reads what a program prints while it runs.
  class Reader {
   public:
    // Comes when the program starts, with nothing, and then each time that it has printed on one of
    // the two. Returns whether more may come; if not, the program is held in its next write, and
    // nothing does until Ticket::resume(), but for what was on its way (some 128 KiB). What it
    // leaves unread when it ends comes with the Outcome.
    virtual bool on_output(StandardStream from, std::string bytes) = 0;

   protected:
    ~Reader() = default;
  };

  // The right to an answer. Dropping it cancels: a queued program is forgotten, a running one
  // ended.
  class Ticket : public playground::Ticket<Runner> {
   public:
    using playground::Ticket<Runner>::Ticket;

    // After the Reader has said no.
    void resume() {
      if (owner() != nullptr) owner()->resume(id());
    }
  };

  // Never calls back before it returns. The Runner outlives the Ticket, and so does the reader that
  // there is for a program that streams.
  virtual Ticket submit(Program program, OnDone on_done, Reader* reader = nullptr) = 0;

  // The pool has been full of ready workers once, and can still make new ones.
  virtual bool warm() const = 0;

  // What programs can be run by, as Program::interpreter counts; the first is the default. Comes
  // exactly once, perhaps before this returns.
  using OnDescribed = std::function<void(std::vector<InterpreterInfo>)>;
  virtual void describe(OnDescribed on_described) = 0;

 private:
  friend playground::Ticket<Runner>;
  virtual void cancel(std::uint64_t id) = 0;
  virtual void resume(std::uint64_t id) = 0;
};

}  // namespace playground::exec
