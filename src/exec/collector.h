// Collector: brings back what a program's request asked for of its folder, its files and figures,
// once the program has ended. One for each worker; it does nothing for most.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "exec/files.h"
#include "exec/limits.h"
#include "exec/program.h"
#include "uv/work.h"

namespace playground::exec {

struct Collected {
  std::optional<OutputFiles> files;
  std::optional<OutputFiles> plots;
};

// What is to be brought back, and within which limits.
struct CollectionOrder {
  // A file that the program had from the start. It is no output while it is what it was; two
  // contents of one hash could only be of the caller's own making.
  struct Given {
    std::size_t size;
    std::size_t hash;
  };

  FilesOut files_out;
  bool plots = false;
  std::map<std::string, Given> given;  // by path; main.py among them
  std::size_t reply_bytes = 0;         // of all contents together, figures first
  std::size_t scratch_entries = 0;     // that are looked at
};

CollectionOrder collection_order(const Program& program, const RunLimits& limits);

// Files are sorted by path; those that don't fit any more are left out, smaller ones behind them
// are not. Figures are those that pool/figures.py wrote, in their order; what is no PNG is dropped.
// May take a while: not for the loop's thread.
Collected collect(int folder, const CollectionOrder& order);

class Collector {
 public:
  // Before the program runs.
  void expect(const Program& program, const RunLimits& limits);
  bool expecting() const { return order_.has_value(); }

  // Collects on another thread. `on_collected` comes later, unless the Collector is dropped before;
  // the folder may be closed at once.
  void start(uv::Loop& loop, int folder, std::function<void()> on_collected);

  // Where files or figures were asked for, there is a list, be it empty.
  void tell(Outcome& outcome);

 private:
  std::optional<CollectionOrder> order_;
  Collected collected_;
  std::unique_ptr<uv::Work> work_;
};

}  // namespace playground::exec
