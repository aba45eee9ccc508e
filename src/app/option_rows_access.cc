// Who may run programs, and how often.
#include "app/access_values.h"
#include "app/option_rows.h"
#include "app/secret_values.h"

namespace playground::app {
namespace {

using namespace values;

constexpr std::string_view kTokens = "Tokens";
constexpr std::string_view kCallers = "Callers";

// clang-format off
constexpr Option kTokenRows[] = {
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
};
// clang-format on

// clang-format off
constexpr Option kCallerRows[] = {
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
};
// clang-format on

}  // namespace

std::span<const Option> token_rows() {
  return kTokenRows;
}

std::span<const Option> caller_rows() {
  return kCallerRows;
}

}  // namespace playground::app
