#include "app/options.h"

#include "app/access_values.h"
#include "app/backend_values.h"
#include "app/option_defaults.h"
#include "app/option_values.h"
#include "app/origin_values.h"
#include "app/secret_values.h"

namespace playground::app {
namespace {

using namespace defaults;
using namespace values;

constexpr std::uint64_t kKb = 1024;
constexpr std::uint64_t kMb = 1024 * 1024;
constexpr std::uint64_t kDayMs = 86'400'000;

constexpr std::string_view kListeners = "Listeners";
constexpr std::string_view kPool = "Pool";
constexpr std::string_view kLimits = "Limits of a program";
constexpr std::string_view kSandbox = "Sandbox";
constexpr std::string_view kService = "Service";
constexpr std::string_view kUpstream = "Backends of the ui";
constexpr std::string_view kTokens = "Tokens";
constexpr std::string_view kCallers = "Callers";
constexpr std::string_view kLogs = "Logs";

constexpr Range kListenRange{
    .words = "ADDRESS:PORT, as 127.0.0.1:5000 or [::1]:5000; port 0 takes a free one"};

// A row of the table: `Values` reads and shows it. Columns left out are those that a row rarely
// has.
template <class Values>
constexpr Option row(Option option) {
  option.assign = Values::assign;
  option.show = Values::show;
  return option;
}

// clang-format off
constexpr Option kOptions[] = {
    row<Listen<&Config::ui_listen>>({
        .name = "UI_LISTEN", .section = kListeners, .used_by = kUi, .value = "ADDRESS:PORT",
        .standard = "127.0.0.1:5000", .range = kListenRange,
        .help = "Where the ui serves the page and POST /python."}),
    row<Listen<&Config::backend_listen>>({
        .name = "BACKEND_LISTEN", .section = kListeners, .used_by = kBackend,
        .value = "ADDRESS:PORT",
        .standard = "127.0.0.1:6000", .range = kListenRange,
        .help = "Where the backend serves POST /py/eval.",
        .verify_together = verify_own_backend}),
    row<Listen<&Config::admin_listen>>({
        .name = "ADMIN_LISTEN", .section = kListeners, .value = "ADDRESS:PORT",
        .standard = "127.0.0.1:9090", .range = kListenRange,
        .help = "Where /metrics and /debug/state are served, for operators only."}),
    row<Text<&Config::tls_cert>>({
        .name = "TLS_CERT", .section = kListeners, .value = "FILE",
        .standard = "", .range = {.words = "a readable PEM file"},
        .help = "Certificate of the ui's and the backend's listeners, with what it was signed by "
                "behind it: they speak TLS 1.2 and 1.3 and nothing else. SIGHUP reads it again.",
        .verify = verify_tls_cert}),
    row<Text<&Config::tls_key>>({
        .name = "TLS_KEY", .section = kListeners, .value = "FILE",
        .standard = "", .range = {.words = "a readable PEM file"},
        .help = "The certificate's private key, without a passphrase.",
        .verify = verify_tls_key}),

    row<Text<&Config::python>>({
        .name = "PYTHON", .section = kPool, .used_by = kBackend, .value = "FILE",
        .standard = "/usr/bin/python3", .range = {.words = "an executable file"},
        .help = "The interpreter that runs the programs: any CPython from 3.9 on, a virtual "
                "environment's included.",
        .verify = verify_python}),
    row<Preload>({
        .name = "PRELOAD", .section = kPool, .used_by = kBackend, .value = "MODULE,...",
        .standard = "", .range = {.words = "names of modules, separated by commas"},
        .help = "Modules that are imported before any program starts, as numpy,matplotlib.pyplot: "
                "programs get them at once. A package's modules count only where it imports them itself, or "
                "they are named."}),
    row<Number<&Config::pool_size>>({
        .name = "POOL_SIZE", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "8", .range = {1, 1024},
        .help = "Interpreters that are kept ready."}),
    row<Number<&Config::max_running>>({
        .name = "MAX_RUNNING", .section = kPool, .used_by = kBackend, .value = "N",
        .standard = "4 × cores, at least 8", .range = {1, 1024},
        .help = "Programs that run at the same time; further ones wait in the queue. Cores are those that "
                "the process may use, by its CPU mask and its cgroup's quota.",
        .compute = compute_max_running}),
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

    row<Number<&Config::loops>>({
        .name = "LOOPS", .section = kService, .value = "N",
        .standard = "1", .range = {1, 64},
        .help = "Event loops, each on a thread of its own; a connection stays with one of them. More than "
                "one where a core is not enough to read requests and write replies: "
                "docs/operations.md."}),
    row<Number<&Config::max_body_bytes, kKb>>({
        .name = "MAX_BODY_KB", .section = kService, .value = "N",
        .standard = "16384", .range = {1, 1'048'576}, .unit = "KB",
        .help = "Size of a request's body; above it the answer is 413."}),
    row<Number<&Config::max_connections>>({
        .name = "MAX_CONNECTIONS", .section = kService, .value = "N",
        .standard = "what the hard limit of open files leaves beside the pool's",
        .range = {1, kMaxConnections},
        .help = "Connections of each listener; further ones wait in the backlog. Each of the LOOPS "
                "takes an equal part of them. The soft limit of open files is raised to the hard one.",
        .compute = compute_max_connections,
        .verify = verify_max_connections}),
    row<Number<&Config::head_timeout>>({
        .name = "HEAD_TIMEOUT_MS", .section = kService, .value = "N",
        .standard = "15000", .range = {1, kDayMs}, .unit = "ms",
        .help = "From the first byte of a request's head to its end; then the answer is 408. A TLS "
                "handshake has as long."}),
    row<Number<&Config::body_timeout>>({
        .name = "BODY_TIMEOUT_MS", .section = kService, .value = "N",
        .standard = "15000", .range = {1, kDayMs}, .unit = "ms",
        .help = "For a request's body, and once more whenever it came at MIN_RATE meanwhile; then "
                "the answer is 408."}),
    row<Number<&Config::write_timeout>>({
        .name = "WRITE_TIMEOUT_MS", .section = kService, .value = "N",
        .standard = "60000", .range = {1, kDayMs}, .unit = "ms",
        .help = "For a client to take a reply, and once more whenever it took it at MIN_RATE "
                "meanwhile; then the connection is closed."}),
    row<Number<&Config::min_rate>>({
        .name = "MIN_RATE", .section = kService, .value = "N",
        .standard = "1024", .range = {1, 1'000'000'000}, .unit = "bytes a second",
        .help = "What a body or a reply has to keep, on average over each BODY_TIMEOUT_MS or "
                "WRITE_TIMEOUT_MS, to take longer than one of them."}),
    row<Number<&Config::idle_timeout>>({
        .name = "IDLE_TIMEOUT_MS", .section = kService, .value = "N",
        .standard = "60000", .range = {1, kDayMs}, .unit = "ms",
        .help = "How long a connection is kept between requests."}),
    row<CorsOrigins>({
        .name = "CORS_ORIGINS", .section = kService, .used_by = kAllRoles, .value = "ORIGIN,...",
        .standard = "", .range = kOriginsRange,
        .help = "Sites whose pages may call /python and /py/ from a browser, without cookies: "
                "exact origins, or * for all. Without any, only the ui's own page may."}),
    row<Number<&Config::drain_timeout>>({
        .name = "DRAIN_MS", .section = kService, .value = "N",
        .standard = "TIMEOUT_MS + 5000", .range = {0, kDayMs}, .unit = "ms",
        .help = "After SIGTERM: how long running programs may take to end before they are ended.",
        .compute = compute_drain}),

    row<Backends>({
        .name = "BACKENDS", .section = kUpstream, .used_by = kUi, .value = "NAME=URL,...",
        .standard = "",
        .range = {.words = "NAME=http://HOST[:PORT] or NAME=https://HOST[:PORT][#CERTIFICATE-NAME], "
                           "each perhaps with ;weight=1 to 100, separated by commas"},
        .help = "The backends that requests are sent to in turn, as "
                "gcp=http://10.0.0.1:6000;weight=3,azure=https://20.0.0.2#backend.example. Names "
                "are of a-z, 0-9 and '-', the port is 80 or 443 unless given. The certificate of "
                "an https:// backend is verified, for the name behind # where the URL's host is "
                "another. One of weight 3 gets three turns where one of weight 1, the default, "
                "gets one. Without any, `playground all` uses its own.",
        .verify = verify_backends}),
    row<Text<&Config::backend_ca_file>>({
        .name = "BACKEND_CA_FILE", .section = kUpstream, .used_by = kUi, .value = "FILE",
        .standard = "", .range = {.words = "a readable PEM file"},
        .help = "Certificates of the authorities that https:// backends are verified against, "
                "instead of the system's. SIGHUP reads it again.",
        .verify = verify_backend_ca_file}),
    row<DnsServers>({
        .name = "DNS_SERVERS", .section = kUpstream, .used_by = kUi, .value = "ADDRESS[:PORT],...",
        .standard = "", .range = {.words = "ADDRESS or ADDRESS:PORT, separated by commas, as "
                                           "10.0.0.10,127.0.0.1:8600,[::1]:53"},
        .help = "The name servers that are asked for the backends' names. Without any, those of "
                "/etc/resolv.conf; its search domains and /etc/hosts count in either case."}),
    row<Number<&Config::backend_concurrency>>({
        .name = "BACKEND_CONCURRENCY", .section = kUpstream, .used_by = kUi, .value = "N",
        .standard = "1024", .range = {1, 1'000'000},
        .help = "Requests that are with one backend at the same time; when every backend has as "
                "many, the answer is 503 at once."}),
    row<Number<&Config::slow_start>>({
        .name = "SLOW_START_MS", .section = kUpstream, .used_by = kUi, .value = "N",
        .standard = "0", .range = {0, 3'600'000}, .unit = "ms",
        .help = "How long the share of a backend grows, from a tenth to all of it, after it was "
                "out of the rotation; 0: it has all of it at once."}),
    row<Number<&Config::connect_timeout>>({
        .name = "CONNECT_MS", .section = kUpstream, .used_by = kUi, .value = "N",
        .standard = "500", .range = {1, 60'000}, .unit = "ms",
        .help = "How long connecting to a backend may take, the TLS handshake included."}),
    row<Number<&Config::answer_timeout>>({
        .name = "ANSWER_MS", .section = kUpstream, .used_by = kUi, .value = "N",
        .standard = "TIMEOUT_MS + QUEUE_TIMEOUT_MS + 2000", .range = {1, kDayMs}, .unit = "ms",
        .help = "How long a backend may be silent, before its answer begins (then the answer is "
                "504) and within it. The defaults are those of backends with the same "
                "TIMEOUT_MS and QUEUE_TIMEOUT_MS.",
        .compute = compute_answer}),

    row<Tokens<&Config::tokens, 64>>({
        .name = "TOKENS", .section = kTokens, .used_by = kBackend, .value = "TOKEN,...",
        .standard = "", .range = kTokensRange,
        .help = "Bearer tokens, any of which the backend demands on /py/. A flag can be read by "
                "every user of the machine: prefer the variable or the file.",
        .secret = true}),
    row<TokensFile<&Config::tokens_file, &Config::tokens, 64>>({
        .name = "TOKENS_FILE", .section = kTokens, .used_by = kBackend, .value = "FILE",
        .standard = "", .range = kTokensFileRange, .help = "A file that has them.",
        .read = TokensFile<&Config::tokens_file, &Config::tokens, 64>::read}),
    row<Tokens<&Config::ui_tokens, 64>>({
        .name = "UI_TOKENS", .section = kTokens, .used_by = kUi, .value = "TOKEN,...",
        .standard = "", .range = kTokensRange,
        .help = "Bearer tokens, any of which the ui demands of whoever runs a program; the page, "
                "which has a field for it then, is for everybody.",
        .secret = true}),
    row<TokensFile<&Config::ui_tokens_file, &Config::ui_tokens, 64>>({
        .name = "UI_TOKENS_FILE", .section = kTokens, .used_by = kUi, .value = "FILE",
        .standard = "", .range = kTokensFileRange, .help = "A file that has them.",
        .read = TokensFile<&Config::ui_tokens_file, &Config::ui_tokens, 64>::read}),
    row<Tokens<&Config::backend_token, 1>>({
        .name = "BACKEND_TOKEN", .section = kTokens, .used_by = kUi, .value = "TOKEN",
        .standard = "", .range = kTokenRange,
        .help = "The bearer token that the ui sends to backends. Over http:// it goes to loopback "
                "and private addresses only. `playground all` uses one of its own TOKENS.",
        .secret = true}),
    row<TokensFile<&Config::backend_token_file, &Config::backend_token, 1>>({
        .name = "BACKEND_TOKEN_FILE", .section = kTokens, .used_by = kUi, .value = "FILE",
        .standard = "", .range = kTokenFileRange, .help = "A file that has it.",
        .read = TokensFile<&Config::backend_token_file, &Config::backend_token, 1>::read}),
    row<Tokens<&Config::admin_token, 1>>({
        .name = "ADMIN_TOKEN", .section = kTokens, .value = "TOKEN",
        .standard = "", .range = kTokenRange,
        .help = "The bearer token that the admin listener demands of whoever changes something "
                "(drains a backend). Without one, nobody may where it listens beyond loopback.",
        .secret = true}),
    row<TokensFile<&Config::admin_token_file, &Config::admin_token, 1>>({
        .name = "ADMIN_TOKEN_FILE", .section = kTokens, .value = "FILE",
        .standard = "", .range = kTokenFileRange, .help = "A file that has it.",
        .read = TokensFile<&Config::admin_token_file, &Config::admin_token, 1>::read}),

    row<TrustedProxies>({
        .name = "TRUSTED_PROXIES", .section = kCallers, .value = "ADDRESS[/LENGTH],...",
        .standard = "",
        .range = {.words = "addresses and ranges of them, IPv4 or IPv6, separated by commas, as "
                           "10.0.0.0/8,192.0.2.7,2001:db8::/32"},
        .help = "Load balancers and proxies in front of us. X-Forwarded-For is believed when one of "
                "them is the peer: the caller is the rightmost address in it that is not one of "
                "them. A backend also believes it of a peer with one of its TOKENS, as a ui. Else "
                "the caller is the peer."}),
    row<RateLimitValue>({
        .name = "RATE_LIMIT", .section = kCallers, .value = "N/UNIT[;burst=N]",
        .standard = "",
        .range = {.words = "1 to 1000000, a slash and s, m or h, perhaps with ;burst=1 to 1000000, "
                           "as 100/s or 600/m;burst=50"},
        .help = "Programs that each caller may run a second, minute or hour, and how many of them "
                "at once after a pause (as many as in that time unless given); above it the answer "
                "is 429. A caller is whoever has one token, else an address, of IPv6 a /64."}),

    row<AccessLogValue>({
        .name = "ACCESS_LOG", .section = kLogs, .value = "LINES",
        .standard = "errors", .range = {.words = "off, errors or all"},
        .help = "A line, by the event `access`, for each request; errors: only for those answered "
                "with 4xx or 5xx, or not to the end. Whatever LOG_LEVEL is."}),
    row<LogLevel>({
        .name = "LOG_LEVEL", .section = kLogs, .value = "LEVEL",
        .standard = "info", .range = {.words = "debug, info, warning or error"},
        .help = "The least important messages that are still written to stderr."}),
    row<LogFormat>({
        .name = "LOG_FORMAT", .section = kLogs, .value = "FORMAT",
        .standard = "text when stderr is a terminal, json otherwise",
        .range = {.words = "json or text"},
        .help = "json: one object a line. text: for people.",
        .compute = compute_log_format}),
};
// clang-format on

}  // namespace

std::span<const Option> options() {
  return kOptions;
}

}  // namespace playground::app
