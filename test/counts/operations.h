// Operations: kinds of work of the server, each done again and again on inputs that never change,
// so that what one of them costs in instructions can be counted (instructions.py). They abort where
// the outcome is not what it should be.
#pragma once

#include <cstddef>

namespace playground::counts {

// Each does its work so many times.
using Operation = void (*)(std::size_t times);

// http/request_parser: bytes to a Request.
void parse_evaluation_request(std::size_t times);  // a POST /py/eval of some 200 bytes
void parse_browser_request(std::size_t times);     // a GET with 20 fields
void parse_large_body(std::size_t times);          // a body of 64 KiB in pieces of 4 KiB

// http/connection: the same POST, read, handled and answered with 200 bytes of JSON.
void exchange(std::size_t times);

// The JSON of an evaluation, by app/evaluation_json and app/outcome_json.
void read_program(std::size_t times);
void write_outcome(std::size_t times);
// base/json_string: 256 KiB of output as a JSON string.
void escape_ascii(std::size_t times);  // source code without quotes and line breaks
void escape_utf8(std::size_t times);   // text of which every third character is not ASCII
void escape_escapes(
    std::size_t times);  // every second byte a quote, a backslash or a control character

// app/ui_role: a POST /python that a backend's kept connection answers: admitted, its backend
// chosen, sent on, its reply read and passed on; over sockets of the loopback, whose other ends
// cost next to nothing.
void route(std::size_t times);

}  // namespace playground::counts
