// What programs are run by, what they may use, and what keeps them in.
#include "app/option_defaults.h"
#include "app/option_rows.h"
#include "app/option_values.h"
#include "app/python_values.h"

namespace playground::app {
namespace {

using namespace defaults;
using namespace values;

constexpr std::uint64_t kKb = 1024;
constexpr std::uint64_t kMb = 1024 * 1024;

constexpr std::string_view kPool = "Pool";
constexpr std::string_view kLimits = "Limits of a program";
constexpr std::string_view kSandbox = "Sandbox";

// clang-format off
constexpr Option kRows[] = {
    row<Pythons>({
        .name = "PYTHON", .section = kPool, .used_by = kBackend, .value = "FILE|NAME=FILE,...",
        .standard = "/usr/bin/python3", .range = {.words = "an executable file, or name=file,…"},
        .help = "The interpreter that runs the programs: any CPython from 3.9 on, a virtual "
                "environment's included. Or several with names, as "
                "3.11=/usr/bin/python3.11,venv=/opt/venv/bin/python: a request chooses by its field `python`, "
                "the first is the default. A single file without a name is called by its version, as 3.11.",
        .verify = verify_pythons}),
    row<Preload>({
        .name = "PRELOAD", .section = kPool, .used_by = kBackend, .value = "MODULE,...",
        .standard = "", .range = {.words = "names of modules, separated by commas"},
        .help = "Modules that are imported before any program starts, as numpy,matplotlib.pyplot: "
                "programs get them at once. A package's modules count only where it imports them itself, or "
                "they are named. Each interpreter imports them; what one has not, it goes without, and "
                "`playground check`, the log and GET /py/versions tell."}),
    row<WhereItPays<&Config::flatten>>({
        .name = "FLATTEN", .section = kPool, .used_by = kBackend, .value = "WHEN",
        .standard = "auto", .range = {.words = "auto or off"},
        .help = "Whether the interpreter's memory, libraries included, is copied into a few mappings of huge "
                "pages, which makes forks cheaper and takes some megabytes more. auto: where a trial at the "
                "start shows that it pays."}),
    row<WhereItPays<&Config::keep_stdlib>>({
        .name = "KEEP_STDLIB", .section = kPool, .used_by = kBackend, .value = "WHEN",
        .standard = "auto", .range = {.words = "auto or off"},
        .help = "Whether modules of the standard library that many programs import (json, re, typing, "
                "dataclasses, random, …) are imported beforehand and handed over when a program does: that takes "
                "some 0.1 ms instead of up to 25, some 7 MB for all, and 3 % of the CPU time of programs that import "
                "nothing. No program sees them before. auto: where the interpreter allows it."}),
    row<Number<&Config::pool_size>>({
        .name = "POOL_SIZE", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "8", .range = {1, 1024},
        .help = "Interpreters that are kept ready, of each that PLAYGROUND_PYTHON names."}),
    row<Number<&Config::max_running>>({
        .name = "MAX_RUNNING", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "4 × cores, at least 8", .range = {1, 1024},
        .help = "Programs that run at the same time; further ones wait in the queue. Cores are those that "
                "the process may use, by its CPU mask and its cgroup's quota.",
        .compute = compute_max_running}),
    row<Number<&Config::pool_max>>({
        .name = "POOL_MAX", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "4 × POOL_SIZE, at most MAX_RUNNING, at least POOL_SIZE", .range = {1, 1024},
        .help = "Interpreters that may be ready or getting ready, of each, while programs wait for nothing else: "
                "as many are made as wait, and at least 4. Those beyond POOL_SIZE are ended within a second after that. "
                "As many as POOL_SIZE: the pool does not grow.",
        .compute = compute_pool_max,
        .verify = verify_pool_max}),
    row<Number<&Config::batch_share>>({
        .name = "BATCH_SHARE", .section = kPool, .used_by = kBackend, .value = "PERCENT",
        .standard = "50", .range = {1, 100},
        .help = "Of MAX_RUNNING, what programs of batches may take at once, all batches together; at least "
                "one program. They come behind those that somebody waits for."}),
    row<Number<&Config::batch_items>>({
        .name = "BATCH_ITEMS", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "1000", .range = {1, 100'000},
        .help = "Programs in one batch."}),
    row<Number<&Config::queue_size>>({
        .name = "QUEUE_SIZE", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "1024", .range = {0, 1'000'000},
        .help = "Programs that may wait; when there are as many, the answer is 503 at once."}),
    row<Number<&Config::queue_timeout>>({
        .name = "QUEUE_TIMEOUT_MS", .section = kPool, .used_by = kAllRoles, .value = "N",
        .standard = "30000", .range = {1, 3'600'000}, .unit = "ms",
        .help = "How long a program may wait before the answer is 503."}),

    row<Number<&Config::timeout>>({
        .name = "TIMEOUT_MS", .section = kLimits, .used_by = kAllRoles, .value = "N",
        .standard = "10000", .range = {1, 3'600'000}, .unit = "ms",
        .help = "Wall-clock time of a program: the most that a request may ask for, and what it "
                "gets if it asks for nothing."}),
    row<Number<&Config::cpu>>({
        .name = "CPU_MS", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "TIMEOUT_MS", .range = {1, 3'600'000}, .unit = "ms",
        .help = "CPU time of a program, all its threads together.",
        .compute = compute_cpu}),
    row<Number<&Config::memory_bytes, kMb>>({
        .name = "MEMORY_MB", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "256", .range = {16, 1'048'576}, .unit = "MB",
        .help = "Memory of a program above that of the ready interpreter: the most that a request may "
                "ask for, and what it gets if it asks for nothing."}),
    row<Number<&Config::scratch_bytes, kMb>>({
        .name = "SCRATCH_MB", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "64", .range = {1, 1'048'576}, .unit = "MB",
        .help = "Files of a program in its working directory."}),
    row<Number<&Config::threads>>({
        .name = "THREADS", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "64", .range = {1, 4096},
        .help = "Threads of a program, the main one included."}),
    row<Number<&Config::output_bytes, kKb>>({
        .name = "OUTPUT_KB", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "1024", .range = {1, 1'048'576}, .unit = "KB",
        .help = "Output of a program, for each of stdout and stderr."}),
    row<Number<&Config::stream_bytes, kMb>>({
        .name = "STREAM_MB", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "256", .range = {1, 1'048'576}, .unit = "MB",
        .help = "The same where the client reads it as it comes (Accept: application/x-ndjson): no more than "
                "some hundred KB of it are held at a time."}),
    row<Number<&Config::files_bytes, kMb>>({
        .name = "FILES_MB", .section = kLimits, .used_by = kBackend, .value = "N",
        .standard = "8", .range = {1, 1024}, .unit = "MB",
        .help = "Files and figures that one reply brings back, together; what does not fit is left out. "
                "The server holds them in memory, more than twice, until the reply is sent."}),
    row<Text<&Config::scratch_dir>>({
        .name = "SCRATCH_DIR", .section = kLimits, .used_by = kBackend, .value = "DIRECTORY",
        .standard = "/dev/shm", .range = {.words = "an existing directory that can be written to"},
        .help = "Where the working directories of programs are made; best in memory.",
        .verify = verify_scratch_dir}),

    row<Tier<&Config::sandbox>>({
        .name = "SANDBOX", .section = kSandbox, .used_by = kBackend, .value = "TIER",
        .standard = "T0", .range = {.words = "none, T0, T1 or T2"},
        .help = "The least sandbox to start with. T0: system call filter, Landlock, no privileges. "
                "T1: namespaces and a file system for each program too, where user namespaces may "
                "be made. T2: a cgroup for each program, which no machine reaches yet. "
                "`playground check` shows which layers this machine allows.",
        .verify = verify_sandbox}),
    row<Tier<&Config::sandbox_max>>({
        .name = "SANDBOX_MAX", .section = kSandbox, .used_by = kBackend, .value = "TIER",
        .standard = "T2", .range = {.words = "none, T0, T1 or T2"},
        .help = "The highest tier that is used where it can be had, for tests and comparisons: "
                "none leaves programs without any but their limits."}),
    row<Number<&Config::landlock_abi_max>>({
        .name = "LANDLOCK_ABI_MAX", .section = kSandbox, .used_by = kBackend, .value = "N",
        .standard = "99", .range = {1, 99},
        .help = "The newest ABI of Landlock that is used, for tests: 1 is that of Linux 5.13."}),
    row<Number<&Config::sandbox_uid>>({
        .name = "SANDBOX_UID", .section = kSandbox, .used_by = kBackend, .value = "N",
        .standard = "65534", .range = {1, 4'294'967'294},
        .help = "User and group, by number, that interpreters run as when the server is started as "
                "root; best one that nothing else runs as."}),
};
// clang-format on

}  // namespace

std::span<const Option> program_rows() {
  return kRows;
}

}  // namespace playground::app
