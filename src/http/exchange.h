// Exchange: one request and what became of it, for whoever keeps a log. The connection notes what
// it sees; the request's handler adds what only it knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/connection_state.h"
#include "http/message.h"

namespace playground::http {

enum class Ending {
  complete,  // the whole reply has been handed to the kernel
  refused,   // the same of a reply to what is no request that we take
  timeout,   // the client was too slow to send the request (answered with 408) or to take the reply
  client_gone,  // the client ended the connection first
  cut_off,      // the reply was given up before its end
};

// "complete", "refused", …
std::string_view to_string(Ending ending);

struct Exchange {
  std::string id;                 // X-Request-Id
  std::string peer;               // "127.0.0.1:40112"
  std::string method;             // as far as it is known, and so the path
  std::string path;               // without the query
  int status = 0;                 // 0: no reply was begun
  std::uint64_t reply_bytes = 0;  // handed to the kernel, head and framing included
  TimePoint begun{};              // its first byte came
  Ending ending = Ending::complete;
  std::string_view refusal;  // why it never came to the handler: the error's code, static text

  // The handler's. The fields are added to every reply that has none of that name.
  Headers reply_fields;
  std::string client;              // the caller's address; empty: the peer's
  std::string backend;             // who answered, or was asked last
  int retries = 0;                 // how often it was sent to another backend
  std::optional<double> queue_ms;  // how long its program waited
  std::string_view run;            // what came of its program, static text: "ok", "timeout", …
};

// What an event does to the exchange that is under way in a state: how it ends; nullopt where it
// goes on or there is none. (A refusal is the connection's to tell from an answer.)
std::optional<Ending> ending_of(State state, Event event);

// 1 to 128 visible characters of ASCII: an id that may be taken from a client.
bool is_request_id(std::string_view text);

// Sets `id` to the only X-Request-Id that the fields have, if it is one; else to a new one of 128
// random bits.
void take_request_id(const Headers& headers, std::string& id);

}  // namespace playground::http
