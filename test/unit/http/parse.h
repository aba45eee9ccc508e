// Feeds a RequestParser in pieces and writes down what came out, so that outcomes can be compared.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "http/request_parser.h"

namespace playground::http {

struct Outcome {
  std::vector<Request> requests;
  RequestParser::Status last = RequestParser::Status::idle;
  Refusal refusal{0, "", ""};

  // Everything, as text.
  std::string text() const {
    std::string all;
    for (const Request& r : requests) {
      all +=
          r.method + " " + r.path + "?" + r.query + " 1." + std::to_string(r.minor_version) + "\n";
      for (const Header& field : r.headers) {
        all.append(field.name).append("=").append(field.value).append("\n");
      }
      all += "[" + r.body + "]\n";
    }
    return all + "then " + std::to_string(static_cast<int>(last)) + " " +
           std::to_string(refusal.status) + " " + std::string(refusal.code) + ": " +
           refusal.message;
  }
};

inline Outcome parse(const std::vector<std::string_view>& pieces, const Limits& limits = {}) {
  RequestParser parser(limits);
  Outcome outcome;
  for (std::string_view piece : pieces) {
    // A copy of its own for each piece: reading outside of it is then the sanitizer's to find.
    std::string copy(piece);
    std::string_view rest = copy;
    while (!rest.empty() && parser.status() != RequestParser::Status::refused) {
      rest.remove_prefix(parser.feed(rest));
      if (parser.status() == RequestParser::Status::complete)
        outcome.requests.push_back(parser.take());
    }
  }
  outcome.last = parser.status();
  if (outcome.last == RequestParser::Status::refused) outcome.refusal = parser.refusal();
  return outcome;
}

// Parses whole, cut in two at each place, and byte by byte; the outcome has to be the same.
inline Outcome parse_every_way(std::string_view bytes, const Limits& limits = {}) {
  Outcome whole = parse({bytes}, limits);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    EXPECT_EQ(parse({bytes.substr(0, cut), bytes.substr(cut)}, limits).text(), whole.text())
        << "cut at " << cut;
  }
  std::vector<std::string_view> single;
  for (std::size_t i = 0; i < bytes.size(); ++i) single.push_back(bytes.substr(i, 1));
  EXPECT_EQ(parse(single, limits).text(), whole.text()) << "byte by byte";
  return whole;
}

}  // namespace playground::http
