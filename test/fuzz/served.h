// Served: what one connection of the HTTP server made of the bytes that it was sent, over a fake
// stream and with a handler that answers as a script says.
#pragma once

#include <string_view>
#include <vector>

#include "http/limits.h"
#include "http/message.h"

namespace playground::fuzz {

// What else happens to the connection. None of it may change which requests are read, or which
// comes first; they may be fewer.
struct Trouble {
  enum class Kind { none, write_fails, client_leaves, client_resets, server_closes, all_overdue };
  Kind kind = Kind::none;
  std::size_t at = 0;  // the piece before which it happens
};

struct Script {
  // One of these for each request, in turn: how it is answered.
  //   bits 0, 1  whole, in pieces, in pieces of a length that is told, not at all
  //   bits 2, 3  how many pieces; each as long as makes its writer wait where the client is slow
  //   bits 4, 5  one in pieces ends whole, with the connection, not at all, a piece too early
  std::string_view replies;
  bool late = false;  // answers come behind the bytes that follow, where those can be read
  bool slow = false;  // the client takes what it is sent when there is nothing else to do
  Trouble trouble{};
};

struct Served {
  std::vector<http::Request> requests;  // in the order in which the handler got them
  int refusal = 0;                      // the status that the connection answered by itself
  bool over = false;                    // no more was served, before the client ended its side
};

// Sends the pieces, as far as they are read, and ends. Aborts where the connection hangs, answers
// out of order, or serves a request behind the last one.
Served serve(const std::vector<std::vector<char>>& pieces, const http::Limits& limits,
             const Script& script);

}  // namespace playground::fuzz
