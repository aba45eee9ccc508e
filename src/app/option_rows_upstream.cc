// Which backends a ui has, and how it asks them.
#include "app/backend_values.h"
#include "app/option_defaults.h"
#include "app/option_rows.h"
#include "app/option_values.h"
#include "app/secret_values.h"

namespace playground::app {
namespace {

using namespace defaults;
using namespace values;

constexpr std::string_view kUpstream = "Backends of the ui";

// clang-format off
constexpr Option kRows[] = {
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
};
// clang-format on

}  // namespace

std::span<const Option> upstream_rows() {
  return kRows;
}

}  // namespace playground::app
