#include "app/outcome_files.h"

namespace playground::app {
namespace {

void write_file(JsonWriter& json, const exec::OutputFile& file) {
  json.begin_object();
  json.key("path").string(file.path);
  json.key("content").string(file.base64);
  json.key("encoding").string("base64");
  json.end_object();
}

void write_figure(JsonWriter& json, const exec::OutputFile& figure) {
  json.begin_object();
  json.key("name").string(figure.path);
  json.key("mime").string("image/png");
  json.key("content").string(figure.base64);
  json.end_object();
}

void write_list(JsonWriter& json, std::string_view name,
                const std::optional<exec::OutputFiles>& list,
                void (*write)(JsonWriter&, const exec::OutputFile&)) {
  if (!list) return;
  json.key(name).begin_array();
  for (const exec::OutputFile& file : list->files) write(json, file);
  json.end_array();
}

std::size_t size_of(const std::optional<exec::OutputFiles>& list) {
  constexpr std::size_t kFrame = 64;
  std::size_t size = 0;
  if (!list) return size;
  for (const auto& file : list->files) size += file.path.size() + file.base64.size() + kFrame;
  return size;
}

}  // namespace

void write_left_out(JsonWriter& json, const exec::Outcome& outcome) {
  if (outcome.files) json.key("files").boolean(outcome.files->left_out);
  if (outcome.plots) json.key("plots").boolean(outcome.plots->left_out);
}

void write_files(JsonWriter& json, const exec::Outcome& outcome) {
  write_list(json, "files", outcome.files, write_file);
  write_list(json, "plots", outcome.plots, write_figure);
}

std::size_t size_of_files(const exec::Outcome& outcome) {
  return size_of(outcome.files) + size_of(outcome.plots);
}

}  // namespace playground::app
