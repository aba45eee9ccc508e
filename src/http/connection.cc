#include "http/connection.h"

#include <utility>

#include "base/check.h"

namespace playground::http {
namespace {

// Requests of one client that are served before the others get their turn.
constexpr int kRequestsPerTurn = 16;

// After an early reply, what the client still sends is read away so far; a close with unread bytes
// would make the kernel send a reset, which destroys the reply on its way.
constexpr std::size_t kLingerBytes = 1024 * 1024;
constexpr milliseconds kLingerTime{2000};

// When the server closes: how long a connection that has not carried a request may take to send
// one.
constexpr milliseconds kFirstRequestTime{500};

constexpr int kRequestTimeout = 408;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(uv::Loop& loop, uv::Owned<uv::Stream> stream, Owner& owner)
    : stream_(std::move(stream)),
      deadline_(std::in_place, loop, [this] { on_overdue(); }),
      owner_(owner),
      peer_(stream_->peer()),
      parser_(owner.limits()) {
  stream_->set_owner(this);
}

Connection::~Connection() {
  if (link_ != nullptr) link_->connection = nullptr;
}

void Connection::on_read(std::string_view bytes) {
  if (state_ == State::lingering) return on_linger_bytes(bytes.size());
  if (may_read_request() && pending_.empty()) bytes.remove_prefix(read_request(bytes));
  if (state_ == State::closed || state_ == State::lingering) return;
  pending_.append(bytes);
  serve_pending();
}

void Connection::serve_pending() {
  turn_is_over_ = false;
  if (write_failed_ && state_ != State::closed) return step(Event::client_gone);
  serving_ = true;
  for (int served = 0; may_read_request() && !pending_.empty(); ++served) {
    if (served == kRequestsPerTurn) {
      turn_is_over_ = true;
      owner_.on_pending(*this);
      break;
    }
    std::size_t taken = read_request(pending_.view());
    // Cleared meanwhile where the connection came to its end.
    if (!pending_.empty()) pending_.consume(taken);
  }
  serving_ = false;
  update_reading();
}

// Reads at most one request, and handles it when it is whole. Returns how many bytes it took.
std::size_t Connection::read_request(std::string_view bytes) {
  std::size_t taken = parser_.feed(bytes);
  if (state_ == State::idle && parser_.status() != RequestParser::Status::idle) {
    begin_exchange();
    step(Event::head_begun);
  }
  switch (parser_.status()) {
    case RequestParser::Status::idle:
    case RequestParser::Status::head:
      break;
    case RequestParser::Status::body:
      on_head_read();
      break;
    case RequestParser::Status::complete:
      on_request();
      break;
    case RequestParser::Status::refused:
      on_refused(parser_.refusal());
      break;
  }
  return taken;
}

void Connection::on_head_read() {
  if (state_ == State::reading_head) step(Event::head_read);
  if (!parser_.take_continue()) return;
  if (stream_->write(kContinue) == uv::Stream::Write::failed) step(Event::client_gone);
}

void Connection::on_request() {
  bool keep_alive = parser_.keep_alive();
  Request request = parser_.take();
  request.peer = peer_;
  describe(request);
  request.id = exchange_.id;
  fresh_ = false;
  form_ = {keep_alive, request.minor_version, request.method == "HEAD"};
  step(Event::request_read);
  owner_.handle(std::move(request), Responder(*this));
}

void Connection::on_answer(Response response) {
  link_ = nullptr;
  step(Event::answered);
  send(std::move(response));
  wake_for_pending();
}

// Not served from here: whoever answers does not expect to be handed the next request meanwhile.
void Connection::wake_for_pending() {
  if (state_ != State::idle || serving_ || pending_.empty()) return;
  turn_is_over_ = true;
  owner_.on_pending(*this);
  update_reading();
}

void Connection::on_refused(const Refusal& refusal) {
  form_ = {false, 1, parser_.is_head()};
  refused_ = true;
  describe_unread();
  exchange_.ending = refusal.status == kRequestTimeout ? Ending::timeout : Ending::refused;
  step(Event::refused);
  exchange_.refusal = refusal.code;
  send(Response::error(refusal.status, refusal.code, refusal.message));
}

void Connection::send(Response response) {
  form_.keep_alive = form_.keep_alive && !owner_.is_closing();
  add_fields(response);
  std::string_view head = write_head(response, form_, date_now());
  if (!sends_body(response, form_)) response.body.clear();
  exchange_.reply_bytes += head.size() + response.body.size();
  switch (stream_->write(head, response.body)) {
    case uv::Stream::Write::done:
      return on_sent();
    case uv::Stream::Write::queued:
      unsent_ = stream_->unsent_bytes();
      return;
    case uv::Stream::Write::failed:
      return step(Event::client_gone);
  }
}

void Connection::on_written(int error) {
  if (error != 0) {
    if (state_ != State::closed) step(Event::client_gone);
    return;
  }
  if (state_ == State::blocked) return on_unblocked();
  // "100 Continue" may be what has been written.
  if (state_ != State::writing) return;
  on_sent();
  if (state_ == State::idle) serve_pending();
}

void Connection::on_sent() {
  if (form_.keep_alive && !client_done_) return step(Event::sent);
  // A close with unread bytes would be a reset, and take the reply along.
  bool more_comes = !client_done_ && (refused_ || !pending_.empty() || stream_->has_unread());
  step(more_comes ? Event::sent_early : Event::sent_last);
}

void Connection::on_linger_bytes(std::size_t count) {
  lingered_ += count;
  if (lingered_ > kLingerBytes) step(Event::drained);
}

void Connection::on_read_end(int error) {
  // A client that ends its side once it has sent everything still gets the reply that is on its
  // way.
  if (error == 0 && state_ == State::writing) {
    client_done_ = true;
    return;
  }
  if (state_ != State::closed) step(Event::client_gone);
}

void Connection::close_if_idle() {
  if (state_ == State::idle && pending_.empty()) {
    // A request that has been sent already is read on the next turn; the first one of a connection
    // that was just accepted may still be on its way.
    if (stream_->has_unread()) return;
    if (fresh_) return deadline_->set(kFirstRequestTime);
    return step(Event::shut);
  }
  // A reply may be on its way that promised to go on; others are told by Owner::is_closing().
  form_.keep_alive = false;
}

void Connection::step(Event event) {
  auto state = next(state_, event);
  PLAYGROUND_CHECK(state.has_value());
  end_exchange(event);
  enter(*state);
}

// The one place where a state begins: with its deadline.
void Connection::enter(State state) {
  state_ = state;
  const Limits& limits = owner_.limits();
  switch (state) {
    case State::idle:
      deadline_->set(limits.idle_timeout);
      break;
    case State::reading_head:
      deadline_->set(limits.head_timeout);
      break;
    case State::reading_body:
      begin_transfer(limits.body_timeout);
      break;
    case State::handling:
    case State::streaming:
      deadline_->clear();
      break;
    case State::blocked:
    case State::writing:
      begin_transfer(limits.write_timeout);
      break;
    case State::lingering:
      deadline_->set(kLingerTime);
      pending_.clear();
      stream_->shutdown_write();
      break;
    case State::closed:
      return on_closed();
  }
  if (!serving_) update_reading();
}

bool Connection::may_read_request() const {
  return state_ == State::idle || state_ == State::reading_head || state_ == State::reading_body;
}

// Reading goes on while a request is handled, for that is how a client's leaving is noticed; only a
// client that sends far ahead has to wait.
void Connection::update_reading() {
  if (state_ == State::closed || client_done_) return;
  bool room = pending_.size() < owner_.limits().max_head_bytes && !turn_is_over_;
  if (room || state_ == State::lingering) {
    stream_->start_reading();
  } else {
    stream_->stop_reading();
  }
}

void Connection::on_closed() {
  stream_.reset();
  deadline_.reset();
  pending_.clear();
  Responder::Link* link = std::exchange(link_, nullptr);
  owner_.on_closed(*this);
  if (link == nullptr) return;
  link->connection = nullptr;
  if (auto gone = std::move(link->gone)) gone();
}

}  // namespace playground::http
