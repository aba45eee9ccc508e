#include "exec/request_frame.h"

#include "pool/protocol.h"

namespace playground::exec {
namespace {

std::size_t framed_size(const InputFile& file) {
  return sizeof(protocol::FileHead) + file.path.size() + 1 + file.content.size();
}

template <class Structure>
void append_structure(std::string& bytes, const Structure& structure) {
  bytes.append(reinterpret_cast<const char*>(&structure), sizeof(structure));
}

void append_file(std::string& bytes, const InputFile& file) {
  protocol::FileHead head;
  head.path_bytes = file.path.size() + 1;
  head.content_bytes = file.content.size();
  append_structure(bytes, head);
  bytes.append(file.path.c_str(), head.path_bytes);
  bytes += file.content;
}

}  // namespace

std::string request_frame(const Program& program, std::size_t memory_bytes) {
  protocol::Request header;
  header.args_count = static_cast<std::uint32_t>(program.args.size());
  header.code_bytes = program.code.size();
  header.memory_bytes = memory_bytes;
  header.line_buffered = program.stream ? 1 : 0;
  header.tells_end = answers_early(program) ? 1 : 0;
  for (const std::string& arg : program.args) header.args_bytes += arg.size() + 1;
  header.files_count = static_cast<std::uint32_t>(program.files.size());
  header.plots = program.plots ? 1 : 0;
  std::size_t files_bytes = 0;
  for (const InputFile& file : program.files) files_bytes += framed_size(file);

  std::string bytes;
  bytes.reserve(sizeof(header) + header.code_bytes + header.args_bytes + files_bytes +
                program.input.size());
  append_structure(bytes, header);
  bytes += program.code;
  for (const std::string& arg : program.args) bytes.append(arg.c_str(), arg.size() + 1);
  for (const InputFile& file : program.files) append_file(bytes, file);
  bytes += program.input;
  return bytes;
}

}  // namespace playground::exec
