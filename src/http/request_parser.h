// RequestParser: bytes from a client to Requests, one after the other. No event loop, no clock:
// whatever the pieces in which the bytes come, the outcome is the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/body_reader.h"
#include "http/framing.h"
#include "http/head_scanner.h"
#include "http/limits.h"
#include "http/message.h"
#include "http/request_head.h"

namespace playground::http {

class RequestParser {
 public:
  enum class Status {
    idle,      // nothing of a request has come
    head,      // part of a head
    body,      // the head and perhaps part of the body
    complete,  // take() it
    refused    // refusal() tells; the rest of the connection can't be understood
  };

  explicit RequestParser(const Limits& limits);

  // Takes bytes up to the end of one request; returns how many. Takes none once complete or
  // refused.
  std::size_t feed(std::string_view bytes);

  Status status() const { return status_; }
  const Refusal& refusal() const { return *refusal_; }

  // True once for a request whose client waits for "100 Continue" before it sends the body.
  bool take_continue();

  // The head of the request that is under way, once it has come whole and was found good; its first
  // line, and its fields once they are whole, good or not: in the turn in which it was refused, or
  // as long as the head is not whole.
  const Request* head() const { return has_head_ ? &head_->request : nullptr; }
  std::optional<std::string_view> first_line() const { return scanner_.first_line(); }
  std::string_view fields() const;

  // Of the request that is complete: the client wants to send another one.
  bool keep_alive() const { return head_->keep_alive; }

  // The request that was begun last is a HEAD, as far as its line has come: no reply to it, a
  // refusal included, has a body.
  bool is_head() const { return is_head_; }

  // What has come of the body so far, without its framing.
  std::uint64_t body_bytes() const { return body_.received(); }

  // Hands over the complete request, without its peer; ready for the next one.
  Request take();

 private:
  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  bool read_request_line();
  void judge_scan();
  void start_body();
  void judge_body();
  void refuse_with(Refusal refusal);

  const Limits limits_;
  Status status_ = Status::idle;
  std::optional<Refusal> refusal_;
  HeadScanner scanner_;
  bool is_head_ = false;
  std::optional<RequestHead> head_;  // from its line on
  bool has_head_ = false;            // all of it
  BodyReader body_{HTTP_REQUEST};
};

}  // namespace playground::http
