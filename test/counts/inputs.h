// Inputs: what clients and backends usually send.
#pragma once

#include <string>
#include <string_view>

namespace playground::counts {

inline constexpr std::string_view kProgram =
    R"json({"code":"print('hello')","stdin":"","timeout_ms":2000})json";

// A message of this head with its Content-Length and the body.
inline std::string message(std::string head, std::string_view body) {
  head += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return head.append(body);
}

inline std::string evaluation_request(std::string_view path) {
  return message("POST " + std::string(path) +
                     " HTTP/1.1\r\nHost: localhost:6000\r\nUser-Agent: curl/7.88.1\r\n"
                     "Accept: */*\r\nContent-Type: application/json\r\n",
                 kProgram);
}

inline constexpr std::string_view kOutcome =
    R"({"stdout":"hello\n","stderr":"","status":"ok","limit":null,"exit_code":0,"signal":null,)"
    R"("denied":[],"truncated":{"stdout":false,"stderr":false},"duration_ms":1.234,)"
    R"("cpu_ms":0.987,"memory_kb":512})";

}  // namespace playground::counts
