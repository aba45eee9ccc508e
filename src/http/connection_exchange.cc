// The part of a Connection that keeps the record of each request.
#include <algorithm>
#include <utility>

#include "http/connection.h"

namespace playground::http {

void Connection::begin_exchange() {
  std::string id = std::move(exchange_.id);
  id.clear();  // but for its memory, which the next one takes
  exchange_ = Exchange{};
  exchange_.id = std::move(id);
  exchange_.begun = Clock::now();
}

void Connection::describe(const Request& request) {
  exchange_.method = request.method;
  exchange_.path = request.path;
  take_request_id(request.headers, exchange_.id);
}

// Of what is no whole request, or will not become one.
void Connection::describe_unread() {
  if (const Request* head = parser_.head()) return describe(*head);
  auto fields = parse_fields(parser_.fields(), owner_.limits().max_headers);
  take_request_id(fields ? *fields : Headers{}, exchange_.id);
  std::string_view line = parser_.first_line().value_or("");
  std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return;
  std::string_view target = line.substr(blank + 1);
  target = target.substr(0, target.find_first_of(" ?"));
  if (!is_token(line.substr(0, blank)) || !target.starts_with('/')) return;
  exchange_.method = line.substr(0, blank);
  exchange_.path = target;
}

void Connection::add_fields(Response& response) {
  exchange_.status = response.status;
  for (const Header& field : exchange_.reply_fields) {
    if (!response.headers.get(field.name)) response.headers.add(field.name, field.value);
  }
  form_.id = exchange_.id;
}

void Connection::end_exchange(Event event) {
  auto ending = ending_of(state_, event);
  if (!ending) return;
  // What a refusal has set says more than that it was sent.
  if (*ending != Ending::complete) exchange_.ending = *ending;
  if (exchange_.id.empty()) describe_unread();
  exchange_.peer = peer_;
  std::uint64_t unsent = stream_->unsent_bytes();
  exchange_.reply_bytes -= std::min(exchange_.reply_bytes, unsent);
  owner_.on_exchange(exchange_);
}

}  // namespace playground::http
