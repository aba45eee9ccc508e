// What server and pool say to each other. A program's frame is read by a worker as what was
// written, and nothing else is taken for one; the records that a worker and the kernel send are
// read whatever the pieces in which they come.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "base/check.h"
#include "exec/capture.h"
#include "exec/interpreter_info.h"
#include "exec/refusal_records.h"
#include "exec/request_frame.h"
#include "exec/sandbox_layers.h"
#include "exec/usage.h"
#include "fuzzer.h"
#include "input.h"
#include "pool/protocol.h"
#include "pool/request.h"

namespace playground::fuzz {
namespace {

// What a worker reads from its stdin, which is ours as long as a fuzzer runs.
class Stdin {
 public:
  explicit Stdin(std::string_view bytes) {
    UniqueFd memory(::memfd_create("frame", MFD_CLOEXEC));
    PLAYGROUND_CHECK(::write(memory.get(), bytes.data(), bytes.size()) ==
                     static_cast<ssize_t>(bytes.size()));
    PLAYGROUND_CHECK(::lseek(memory.get(), 0, SEEK_SET) == 0);
    PLAYGROUND_CHECK(::dup2(memory.get(), STDIN_FILENO) == STDIN_FILENO);
  }
  // How much of it has been read.
  std::size_t taken() const { return static_cast<std::size_t>(::lseek(STDIN_FILENO, 0, SEEK_CUR)); }
};

struct Free {
  void operator()(char* code) const { std::free(code); }
};

exec::Program program_in(const pool::Request& request) {
  exec::Program program;
  program.code.assign(request.code, request.code_bytes);
  const char* at = request.args;
  for (std::size_t i = 0; i < request.args_count; ++i) {
    program.args.emplace_back(at);
    at += std::strlen(at) + 1;
  }
  program.memory_bytes = request.memory_bytes;
  program.stream = request.line_buffered;
  program.plots = request.plots;
  return program;
}

// A worker believes the server, which announces no such sizes; here they would only cost memory.
bool announces_much(std::string_view bytes) {
  constexpr std::uint64_t kMuch = 64 << 20;
  constexpr std::uint64_t kMost = 1 << 30;  // more is refused
  protocol::Request head;
  if (bytes.size() < sizeof(head)) return false;
  std::memcpy(&head, bytes.data(), sizeof(head));
  if (head.code_bytes > kMost || head.args_bytes > kMost) return false;
  return head.code_bytes + head.args_bytes > kMuch;
}

// Any bytes: no frame, or one that the server would have written so.
void check_frame(std::string_view bytes) {
  if (announces_much(bytes)) return;
  Stdin source(bytes);
  pool::Request request;
  if (pool::read_request(request) != pool::RequestState::complete) return;
  std::unique_ptr<char, Free> owned(request.code);
  // Files are written to the folder as they are read (pool/unpack).
  if (request.files_count != 0) return;
  exec::Program program = program_in(request);
  std::string frame = exec::request_frame(program, program.memory_bytes);
  PLAYGROUND_CHECK(source.taken() == frame.size() && bytes.starts_with(frame));
}

// Any program: its frame is read as it was written, and its input is left to it.
void check_program(Input input) {
  exec::Program program;
  std::size_t memory = input.byte();
  program.stream = memory % 2 == 1;
  program.plots = memory % 4 > 1;
  for (int count = input.byte() % 8; count > 0; --count) {
    std::string_view arg = input.bytes();
    program.args.emplace_back(arg.substr(0, arg.find('\0')));
  }
  program.code = input.bytes();
  program.input = input.rest();
  std::string frame = exec::request_frame(program, memory);
  Stdin source(frame);
  pool::Request request;
  PLAYGROUND_CHECK(pool::read_request(request) == pool::RequestState::complete);
  std::unique_ptr<char, Free> owned(request.code);
  exec::Program again = program_in(request);
  PLAYGROUND_CHECK(again.code == program.code && again.args == program.args);
  PLAYGROUND_CHECK(again.plots == program.plots && request.files_count == 0);
  PLAYGROUND_CHECK(again.memory_bytes == memory && again.stream == program.stream &&
                   request.code[request.code_bytes] == '\0');
  PLAYGROUND_CHECK(source.taken() + program.input.size() == frame.size());
}

// A worker's stdout: what comes before the program's, here of several bytes, then output up to a
// limit.
void check_capture(Input input) {
  std::size_t limit = input.byte();
  std::string_view lengths = input.bytes();
  std::string_view bytes = input.rest();
  int ends[2];
  PLAYGROUND_CHECK(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
  exec::Capture capture(UniqueFd(ends[0]), limit);
  UniqueFd writer(ends[1]);
  std::array<char, 16> record{};
  auto preface = exec::Capture::Preface::pending;
  auto output = exec::Capture::Read::again;
  auto read = [&] {
    if (preface == exec::Capture::Preface::pending) {
      preface = capture.read_preface(record.data(), record.size());
    }
    if (preface != exec::Capture::Preface::complete) return;
    if (output == exec::Capture::Read::again) output = capture.drain(limit + 1);
  };
  for (const Piece& piece : cut(bytes, lengths)) {
    PLAYGROUND_CHECK(::write(writer.get(), piece.data(), piece.size()) > 0);
    read();
  }
  writer.reset();
  read();
  std::string_view expected = bytes.substr(0, record.size());
  bool whole = expected.size() == record.size();
  PLAYGROUND_CHECK((preface == exec::Capture::Preface::complete) == whole);
  if (!whole) return;
  PLAYGROUND_CHECK(expected == std::string_view(record.data(), record.size()));
  PLAYGROUND_CHECK(capture.truncated() == (bytes.size() - record.size() > limit));
  PLAYGROUND_CHECK(capture.take() == bytes.substr(record.size()).substr(0, limit));
}

// A line of /proc/PID/stat, whose name is a program's to choose.
void check_stat(Input input) {
  auto usage = exec::parse_stat(input.rest(), 4096);
  std::string line = "1 (" + std::string(input.rest()) + ") R";
  for (int field = 4; field <= 24; ++field) line += " " + std::to_string(field);
  usage = exec::parse_stat(line, 4096);
  PLAYGROUND_CHECK(usage && usage->runnable && usage->threads == 20);
  PLAYGROUND_CHECK(usage->resident_kb == std::size_t{24} * 4);
}

// What a zygote says of its sandbox and of its modules.
void check_layers(Input input) {
  protocol::Hello hello;
  hello.tier = static_cast<protocol::Tier>(input.byte() % 4);
  auto least = static_cast<protocol::Tier>(input.byte() % 4);
  input.rest().copy(hello.layers, sizeof(hello.layers) - 1);
  for (const auto& module : exec::read_modules(hello.layers)) {
    PLAYGROUND_CHECK(!module.name.empty());
  }
  exec::Sandbox sandbox = exec::read_sandbox(hello);
  PLAYGROUND_CHECK(exec::shortfall(sandbox, least).empty() == (sandbox.tier >= least));
}

// Refused calls of a few processes, some of which end.
void check_refusals(Input input) {
  exec::RefusalRecords records;
  std::array<std::size_t, 4> counts{};
  while (!input.rest().empty()) {
    std::size_t pid = input.byte() % counts.size();
    std::string_view name = input.bytes();
    if (name.empty()) {
      PLAYGROUND_CHECK(records.take(static_cast<int>(pid)).count == counts[pid]);
      counts[pid] = 0;
      continue;
    }
    const exec::RefusedCalls& calls = records.add(static_cast<int>(pid), name);
    PLAYGROUND_CHECK(calls.count == ++counts[pid]);
    PLAYGROUND_CHECK(calls.names.size() <= exec::RefusalRecords::kMostNames);
    PLAYGROUND_CHECK(calls.must_end() || !calls.must_end_at_once());
  }
  auto kept = std::count_if(counts.begin(), counts.end(), [](auto count) { return count > 0; });
  PLAYGROUND_CHECK(records.size() == static_cast<std::size_t>(kept));
}

void run(Input input) {
  switch (input.byte() % 6) {
    case 0:
      return check_frame(input.rest());
    case 1:
      return check_program(input);
    case 2:
      return check_capture(input);
    case 3:
      return check_stat(input);
    case 4:
      return check_layers(input);
    default:
      return check_refusals(input);
  }
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
