#include "exec/request_frame.h"

#include "pool/protocol.h"

namespace playground::exec {

std::string request_frame(const Program& program, std::size_t memory_bytes) {
  protocol::Request header;
  header.args_count = static_cast<std::uint32_t>(program.args.size());
  header.code_bytes = program.code.size();
  header.memory_bytes = memory_bytes;
  header.line_buffered = program.stream ? 1 : 0;
  for (const std::string& arg : program.args) header.args_bytes += arg.size() + 1;

  std::string bytes;
  bytes.reserve(sizeof(header) + header.code_bytes + header.args_bytes + program.input.size());
  bytes.append(reinterpret_cast<const char*>(&header), sizeof(header));
  bytes += program.code;
  for (const std::string& arg : program.args) bytes.append(arg.c_str(), arg.size() + 1);
  bytes += program.input;
  return bytes;
}

}  // namespace playground::exec
