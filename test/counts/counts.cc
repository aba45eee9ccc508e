// counts NAME ROUNDS: does one operation ROUNDS × as often as it takes for start and end not to
// matter, and prints how often that was. counts: prints the names.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "test/counts/operations.h"

namespace playground::counts {
namespace {

struct Named {
  std::string_view name;
  Operation operation;
  std::size_t times;  // in a round; a multiple of 64, after as many ids new ones are made
                      // (http/exchange.cc)
};

constexpr Named kOperations[] = {
    {"parse_evaluation_request", parse_evaluation_request, 1024},
    {"parse_browser_request", parse_browser_request, 1024},
    {"parse_large_body", parse_large_body, 256},
    {"exchange", exchange, 1024},
    {"read_program", read_program, 1024},
    {"write_outcome", write_outcome, 1024},
    {"escape_ascii", escape_ascii, 64},
    {"escape_utf8", escape_utf8, 64},
    {"escape_escapes", escape_escapes, 64},
    {"route", route, 512},
};

int run(std::string_view name, const char* rounds) {
  for (const Named& one : kOperations) {
    if (one.name != name) continue;
    std::size_t times = one.times * std::strtoul(rounds, nullptr, 10);
    one.operation(times);
    std::printf("%zu\n", times);
    return 0;
  }
  std::fprintf(stderr, "counts: no operation of that name\n");
  return 2;
}

}  // namespace
}  // namespace playground::counts

int main(int argc, char** argv) {
  if (argc == 3) return playground::counts::run(argv[1], argv[2]);
  for (const auto& one : playground::counts::kOperations) std::printf("%s\n", one.name.data());
}
