// What the server and the interpreter's side say to each other.
//
// Four channels, all private to one server and its zygote:
//   control  SOCK_SEQPACKET, the zygote's descriptor 3; one datagram is one message below.
//   ready    pipe, the zygote's descriptor 4: each worker writes one Ready record, at once, and
//            closes its end before it reads its Request.
//   stdin    pipe of one worker: the server writes one Request frame, then the program's own input.
//   stdout   pipe of one worker: the worker writes one kStartedMark byte, before the program's
//            first instruction; then everything on it is the program's output.
//
// Both ends run on one machine and come from one build: the structures are plain memory in host
// byte order, and kVersion guards against a module of another build.
#pragma once

#include <cstdint>

namespace playground::protocol {

inline constexpr std::uint32_t kVersion = 11;
inline constexpr int kControlFd = 3;
inline constexpr int kReadyFd = 4;

enum class Kind : std::uint32_t {
  configure = 1,     // server → zygote, once, first
  hello = 2,         // zygote → server, once, when everything is imported
  spawn = 3,         // server → zygote
  spawned = 4,       // zygote → server, with kSpawnedFds descriptors
  spawn_failed = 5,  // zygote → server
};

// How deep the sandbox is; each contains those before it. docs/security.md says what is in them.
enum class Tier : std::uint32_t { none = 0, t0 = 1, t1 = 2, t2 = 3 };

constexpr const char* name_of(Tier tier) {
  constexpr const char* kNames[] = {"none", "T0", "T1", "T2"};
  return kNames[static_cast<std::uint32_t>(tier)];
}

// The limits that every worker of this zygote gets, and what is imported before the first fork.
struct Configure {
  Kind kind = Kind::configure;
  std::uint32_t version = kVersion;
  std::uint64_t file_bytes = 0;  // RLIMIT_FSIZE
  std::uint64_t open_files = 0;  // RLIMIT_NOFILE
  Tier tier_max = Tier::t1;      // layers of higher tiers are left out
  std::uint32_t landlock_abi_max = ~0U;
  std::uint32_t uid = 0;              // user and group to become, when started as root; 0: stay
  std::uint32_t slots = 0;            // tier T1: private file systems to make, at `mount`
  std::uint32_t flatten = 0;          // whether to make few mappings of many, where that pays
  std::uint32_t keep_stdlib = 0;      // whether to import modules unseen, see kept_modules.h
  std::uint64_t scratch_bytes = 0;    // of one of them
  std::uint64_t scratch_entries = 0;  // files and folders in it
  char scratch[256] = {};   // absolute path of the folder that all workers' folders lie in
  char mount[256] = {};     // absolute path of an empty folder in `scratch`; empty: no slots
  char home[256] = {};      // folder that modules may write to when imported; empty: none
  char preload[4096] = {};  // module names, comma-separated, NUL-terminated; may be empty
};

// Comes with the listener of its system call filter (seccomp_unotify(2)) where there is one:
// refused calls of the workers, and of the zygote, wait until the server has answered them.
struct Hello {
  Kind kind = Kind::hello;
  std::uint32_t version = kVersion;
  Tier tier = Tier::none;            // that was reached
  std::uint32_t slots = 0;           // that there are: all that were asked for, or none
  char python_version[64] = {};      // "3.11.2"
  char implementation[32] = {};      // sys.implementation.name: "cpython"
  char layers[2048] = {};            // a line each, by tabs: "T0", "landlock", "on, ABI 7"
  char layout[256] = {};             // of its memory, in words
  char modules[4096] = {};           // preloaded ones, a line each, by tabs: "numpy", "1.24.2"
  char preload_errors[4096] = {};    // one "module: reason" a line; empty when all were imported
  char preload_warnings[1024] = {};  // likewise, of modules that were imported
  std::uint32_t kept_modules = 0;    // so many are ready, see kept_modules.h
  char kept_error[256] = {};         // "Type: message", why none are; empty when none were to be
};

inline constexpr std::int32_t kNoSlot = -1;

struct Spawn {
  Kind kind = Kind::spawn;
  std::int32_t slot = kNoSlot;  // an empty one, from 0 to Hello.slots - 1; `folder` is then `mount`
  std::uint64_t id = 0;         // chosen by the server, returned in the answer
  std::uint32_t patient = 0;    // 1: nobody waits for it; those that run come first
  std::uint32_t reserved = 0;
  char folder[256] = {};  // absolute path of the worker's own empty working directory
};

// Comes with the descriptors {pidfd, write end of stdin, read end of stdout, read end of stderr,
// the worker's folder}.
struct Spawned {
  Kind kind = Kind::spawned;
  std::int32_t pid = 0;
  std::uint64_t id = 0;
};
inline constexpr int kSpawnedFds = 5;

struct SpawnFailed {
  Kind kind = Kind::spawn_failed;
  std::int32_t error = 0;  // errno of the call that failed
  std::uint64_t id = 0;
};

// The worker is warm and waits for its Request. `cpu_us` and `peak_kb` are what it has used so far:
// the server subtracts them from what the kernel reports at the end. A worker may have said it
// before its zygote has said Spawned.
struct Ready {
  static constexpr std::uint32_t kMagic = 0x59444552;  // "REDY"
  std::uint32_t magic = kMagic;
  std::uint32_t cpu_us = 0;
  std::uint64_t id = 0;       // of the order
  std::uint64_t peak_kb = 0;  // ru_maxrss
};

// In the zygote's environment, which else is that of the programs: ld.so(8) looks up the functions
// of shared libraries at the start, not at the first call of each, which workers would do again and
// again. The zygote removes it.
inline constexpr char kBindNow[] = "LD_BIND_NOW";

// Written to stdout once the whole Request was read and main.py and the files lie in the folder, or
// the folder is full, in which case the worker ends without running the program. A worker that
// ends without it has run nothing: the server gives the program to another one.
inline constexpr char kStartedMark = 'S';

// Followed by `code_bytes` of UTF-8 source, then `args_bytes` holding `args_count` NUL-terminated
// strings, then `files_count` times a FileHead with its path and content, then whatever the program
// itself reads from stdin.
struct Request {
  static constexpr std::uint32_t kMagic = 0x31514552;  // "REQ1"
  std::uint32_t magic = kMagic;
  std::uint32_t args_count = 0;
  std::uint64_t args_bytes = 0;
  std::uint64_t code_bytes = 0;
  std::uint64_t memory_bytes = 0;  // what the program may have above its ready state: RLIMIT_DATA
  std::uint32_t files_count = 0;
  std::uint32_t plots = 0;          // 1: its figures are to be left in kFiguresFolder
  std::uint32_t line_buffered = 0;  // 1: sys.stdout is written at each line's end
  std::uint32_t tells_end = 0;      // 1: kEndedName is used
};

// One file that the program is to find in its folder.
struct FileHead {
  std::uint64_t path_bytes = 0;  // with a NUL at the end; relative, and nothing but names
  std::uint64_t content_bytes = 0;
};
inline constexpr std::uint64_t kMostPathBytes = 4096;  // PATH_MAX, NUL included

// Below the program's folder: "figure-1.png" and so on, in the order in which they were shown.
inline constexpr char kFiguresFolder[] = ".playground-figures";

// The name that a worker takes (PR_SET_NAME, at most 15 characters) once its program has ended with
// status 0 and everything is flushed. Then it closes stderr and stdout, and waits up to kEndedWait
// for SIGKILL before it exits: the server has its answer, and need not wait until the kernel has
// taken the process apart. A program that does the same has ended itself, as by os._exit(0):
// docs/adr/0006.
inline constexpr char kEndedName[] = "ended: status 0";
static_assert(sizeof(kEndedName) <= 16);
inline constexpr int kEndedWait = 2;  // ms

// Sent to a worker whose time is up, a moment before SIGKILL: it flushes sys.stdout and sys.stderr,
// so that what was printed is not lost in Python's buffers, and ends. SIGRTMIN (34 under glibc)
// + 13.
inline constexpr int kFlushSignal = 47;

// An option of prctl that no kernel has. A worker's handler of SIGSYS makes this call, which is
// notified, when another call was refused in a way that isn't; the second argument is the number of
// that one. A program that makes it itself is told to have been refused what it names.
inline constexpr int kRefusedOption = 0x52465344;  // "DSFR"

}  // namespace playground::protocol
