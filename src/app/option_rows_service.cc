// What concerns the server itself: where it listens, whom it waits for and for how long, what it
// writes about it.
#include "app/access_values.h"
#include "app/option_defaults.h"
#include "app/option_rows.h"
#include "app/option_values.h"
#include "app/origin_values.h"
#include "app/secret_values.h"

namespace playground::app {
namespace {

using namespace defaults;
using namespace values;

constexpr std::uint64_t kKb = 1024;

constexpr Range kListenRange{
    .words = "ADDRESS:PORT, as 127.0.0.1:5000 or [::1]:5000; port 0 takes a free one"};

constexpr std::string_view kListeners = "Listeners";
constexpr std::string_view kService = "Service";
constexpr std::string_view kLogs = "Logs";

// clang-format off
constexpr Option kListenerRows[] = {
    row<Listen<&Config::ui_listen>>({
        .name = "UI_LISTEN", .section = kListeners, .used_by = kUi, .value = "ADDRESS:PORT",
        .standard = "127.0.0.1:5000", .range = kListenRange,
        .help = "Where the ui serves the page, POST /python and /py/batch."}),
    row<Listen<&Config::backend_listen>>({
        .name = "BACKEND_LISTEN", .section = kListeners, .used_by = kBackend,
        .value = "ADDRESS:PORT",
        .standard = "127.0.0.1:6000", .range = kListenRange,
        .help = "Where the backend serves POST /py/eval and /py/batch.",
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
};
// clang-format on

// clang-format off
constexpr Option kServiceRows[] = {
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
};
// clang-format on

// clang-format off
constexpr Option kLogRows[] = {
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

std::span<const Option> listener_rows() {
  return kListenerRows;
}

std::span<const Option> service_rows() {
  return kServiceRows;
}

std::span<const Option> log_rows() {
  return kLogRows;
}

}  // namespace playground::app
