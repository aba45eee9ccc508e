#include "exec/collector.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "exec/folder_files.h"

namespace playground::exec {
namespace {

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";

// For all files of a program together: a fraction of a second.
constexpr std::int64_t kMatchingSteps = 50'000'000;

std::size_t hash_of(std::string_view content) {
  return std::hash<std::string_view>()(content);
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

// Neither hidden nor of Python's caches.
bool is_plain(std::string_view path) {
  return !path.starts_with('.') && path.find("/.") == path.npos &&
         !path.starts_with("__pycache__/") && path.find("/__pycache__/") == path.npos;
}

// The number of "figure-12.png" in the figures' folder; nullopt for anything else.
std::optional<std::uint64_t> figure_number(std::string_view path) {
  constexpr std::string_view kBefore = "figure-", kBehind = ".png";
  if (!is_below(path, kFiguresFolder)) return std::nullopt;
  path.remove_prefix(kFiguresFolder.size() + 1);
  if (!path.starts_with(kBefore) || !path.ends_with(kBehind)) return std::nullopt;
  path.remove_prefix(kBefore.size());
  if (path.size() <= kBehind.size()) return std::nullopt;
  return parse_unsigned(path.substr(0, path.size() - kBehind.size()));
}

// One collection from one folder.
class Collection {
 public:
  Collection(int folder, const CollectionOrder& order)
      : folder_(folder), order_(order), bytes_left_(order.reply_bytes) {}

  Collected run() {
    found_ = find_files(folder_, order_.scratch_entries);
    Collected collected;
    if (order_.plots) collected.plots = take_figures();
    if (order_.files_out.wanted()) collected.files = take_files();
    return collected;
  }

 private:
  OutputFiles take_figures() {
    std::vector<std::pair<std::uint64_t, std::string>> figures;
    for (const std::string& path : found_.paths) {
      if (auto number = figure_number(path)) figures.emplace_back(*number, path);
    }
    std::sort(figures.begin(), figures.end());
    OutputFiles taken;
    taken.left_out = !found_.complete || figures.size() > kMostFiles;
    figures.resize(std::min(figures.size(), kMostFiles));
    for (const auto& [number, path] : figures) {
      auto content = read(path, taken);
      if (!content) continue;
      // Counted as well, so that the sum of what is read stays bounded.
      bytes_left_ -= content->size();
      if (content->starts_with(kPngSignature)) {
        taken.files.push_back({path.substr(kFiguresFolder.size() + 1), encode_base64(*content)});
      }
    }
    return taken;
  }

  OutputFiles take_files() {
    std::vector<std::string> paths;
    std::copy_if(found_.paths.begin(), found_.paths.end(), std::back_inserter(paths),
                 [this](const std::string& path) { return is_wanted(path); });
    std::sort(paths.begin(), paths.end());
    OutputFiles taken;
    // A name that is no text is what no pattern describes.
    taken.left_out = !found_.complete || (order_.files_out.all && found_.unnamed);
    for (const std::string& path : paths) {
      if (taken.files.size() == kMostFiles) {
        taken.left_out = true;
        break;
      }
      auto content = read(path, taken);
      if (content && !is_as_given(path, *content)) add(path, *content, taken);
    }
    taken.left_out = taken.left_out || budget_.steps < 0;
    return taken;
  }

  bool is_wanted(const std::string& path) {
    if (order_.plots && is_below(path, kFiguresFolder)) return false;
    if (order_.files_out.all) return is_plain(path);
    const auto& patterns = order_.files_out.patterns;
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const Glob& pattern) { return pattern.matches(path, budget_); });
  }

  // How many bytes the program was given at this path; 0 for a file of its own.
  std::size_t given_size(const std::string& path) const {
    auto given = order_.given.find(path);
    return given == order_.given.end() ? 0 : given->second.size;
  }

  bool is_as_given(const std::string& path, std::string_view content) const {
    auto given = order_.given.find(path);
    return given != order_.given.end() && given->second.size == content.size() &&
           given->second.hash == hash_of(content);
  }

  // A file that was given is read even where it would not fit: it may not have changed.
  std::optional<std::string> read(const std::string& path, OutputFiles& taken) const {
    auto content = read_file(folder_, path, std::max(bytes_left_, given_size(path)));
    if (!content) taken.left_out = true;
    return content;
  }

  void add(std::string path, std::string_view content, OutputFiles& taken) {
    if (content.size() > bytes_left_) {
      taken.left_out = true;
      return;
    }
    bytes_left_ -= content.size();
    taken.files.push_back({std::move(path), encode_base64(content)});
  }

  int folder_;
  const CollectionOrder& order_;
  FoundFiles found_;
  std::size_t bytes_left_;
  GlobBudget budget_{kMatchingSteps};
};

}  // namespace

CollectionOrder collection_order(const Program& program, const RunLimits& limits) {
  CollectionOrder order;
  order.files_out = program.files_out;
  order.plots = program.plots;
  order.reply_bytes = limits.reply_bytes;
  order.scratch_entries = limits.scratch_entries;
  if (!program.files_out.wanted()) return order;
  order.given["main.py"] = {program.code.size(), hash_of(program.code)};
  for (const InputFile& file : program.files) {
    order.given[file.path] = {file.content.size(), hash_of(file.content)};
  }
  return order;
}

Collected collect(int folder, const CollectionOrder& order) {
  return Collection(folder, order).run();
}

void Collector::expect(const Program& program, const RunLimits& limits) {
  if (program.files_out.wanted() || program.plots) order_ = collection_order(program, limits);
}

void Collector::start(uv::Loop& loop, int folder, std::function<void()> on_collected) {
  // Belongs to the job as well, which may run on after the Work was dropped.
  struct Collecting {
    UniqueFd folder;
    CollectionOrder order;
    Collected collected;
  };
  auto both = std::make_shared<Collecting>();
  both->folder.reset(::fcntl(folder, F_DUPFD_CLOEXEC, 0));
  both->order = *order_;
  work_ = uv::Work::start(
      loop, [both] { both->collected = collect(both->folder.get(), both->order); },
      [this, both, tell = std::move(on_collected)] {
        collected_ = std::move(both->collected);
        tell();
      });
}

void Collector::tell(Outcome& outcome) {
  if (!order_) return;
  if (order_->files_out.wanted())
    outcome.files = std::move(collected_.files).value_or(OutputFiles{});
  if (order_->plots) outcome.plots = std::move(collected_.plots).value_or(OutputFiles{});
}

}  // namespace playground::exec
