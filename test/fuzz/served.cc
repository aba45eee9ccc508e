#include "served.h"

#include <memory>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "fake_stream.h"
#include "http/connection.h"
#include "http/framing.h"
#include "http/stream.h"
#include "input.h"

namespace playground::fuzz {
namespace {

constexpr std::string_view kNumber = "X-Number";
constexpr std::size_t kPieceBytes = 40 * 1024;

// The reply to one request, as its byte of the script has it.
struct Reply {
  explicit Reply(unsigned code) : code_(code) {}

  enum class Form { whole, pieces, pieces_of_known_length, none };
  Form form() const { return static_cast<Form>(code_ & 3); }
  std::size_t pieces() const { return code_ >> 2 & 3; }
  enum class Ending { whole, close, dropped, early };
  Ending ending() const { return static_cast<Ending>(code_ >> 4 & 3); }

 private:
  unsigned code_;
};

struct Replies {
  std::size_t count = 0;
  int last_status = 0;
};

// Status lines but those of 100; a message for people may speak of HTTP too.
Replies count_replies(std::string_view sent) {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  Replies replies;
  while (true) {
    std::size_t at = sent.find(kVersion);
    if (at == std::string_view::npos) return replies;
    sent.remove_prefix(at + kVersion.size());
    auto status = parse_unsigned(sent.substr(0, 3));
    if (!status || *status == 100) continue;
    ++replies.count;
    replies.last_status = static_cast<int>(*status);
  }
}

// The server of one connection.
class Site final : public http::Connection::Owner {
 public:
  Site(const http::Limits& limits, const Script& script) : limits_(limits), script_(script) {}

  Served run(const std::vector<Piece>& pieces);

 private:
  const http::Limits& limits() const override { return limits_; }
  bool is_closing() const override { return closing_; }
  void handle(http::Request&& request, http::Responder responder) override;
  void on_exchange(const http::Exchange& exchange) override {
    PLAYGROUND_CHECK(http::is_request_id(exchange.id));
    ++exchanges_;
  }
  void on_pending(http::Connection&) override { pending_ = true; }
  void on_closed(http::Connection&) override { closed_ = true; }

  void send(const Piece& piece);
  void make_trouble();
  bool step();
  void settle();
  void answer();
  void write_on();
  Served judge(bool over);
  void check_order() const;

  const http::Limits limits_;
  const Script script_;
  uv::Loop loop_;
  Peer peer_;
  std::unique_ptr<http::Connection> connection_;
  bool pending_ = false;
  bool closed_ = false;
  bool closing_ = false;

  std::size_t exchanges_ = 0;
  std::vector<http::Request> requests_;
  std::vector<bool> numbered_;  // the reply to it says which it is
  std::optional<http::Responder> responder_;
  http::Stream stream_;
  std::size_t pieces_left_ = 0;
  Reply::Ending ending_ = Reply::Ending::whole;
  bool stream_waits_ = false;
};

Served Site::run(const std::vector<Piece>& pieces) {
  peer_.slow = script_.slow;
  connection_ = std::make_unique<http::Connection>(loop_, peer_.open(loop_), *this);
  connection_->start();
  std::size_t turn = 0;
  for (const Piece& piece : pieces) {
    if (turn++ == script_.trouble.at) make_trouble();
    peer_.more = turn < pieces.size();
    if (!closed_) send(piece);
  }
  peer_.more = false;
  settle();
  bool over = closed_ || connection_->state() == http::State::lingering;
  if (!closed_) peer_.end(0);
  settle();
  PLAYGROUND_CHECK(closed_);
  return judge(over);
}

void Site::send(const Piece& piece) {
  if (!script_.late) settle();
  while (!closed_ && !peer_.is_read()) PLAYGROUND_CHECK(step());
  if (!closed_) peer_.send(view(piece));
}

void Site::make_trouble() {
  if (closed_) return;
  switch (script_.trouble.kind) {
    case Trouble::Kind::none:
      return;
    case Trouble::Kind::write_fails:
      peer_.broken = true;
      return;
    case Trouble::Kind::client_leaves:
      if (peer_.is_read()) peer_.end(0);
      return;
    case Trouble::Kind::client_resets:
      if (peer_.is_read()) peer_.end(UV_ECONNRESET);
      return;
    case Trouble::Kind::server_closes:
      closing_ = true;
      return connection_->close_if_idle();
    case Trouble::Kind::all_overdue:
      return loop_.run_once(false);
  }
}

// One of the things that are due; false where there are none.
bool Site::step() {
  if (std::exchange(pending_, false)) {
    connection_->serve_pending();
  } else if (responder_) {
    answer();
  } else if (stream_.open() && !stream_waits_) {
    write_on();
  } else if (peer_.owes()) {
    peer_.take();
  } else {
    return false;
  }
  return true;
}

// Until nothing but the client can move it. Then it has to listen.
void Site::settle() {
  while (step()) {
  }
  PLAYGROUND_CHECK(closed_ || peer_.is_read());
}

void Site::handle(http::Request&& request, http::Responder responder) {
  PLAYGROUND_CHECK(!closed_ && !responder_ && !stream_.open());
  // Behind one that is to be the last there is none.
  if (!requests_.empty()) {
    const http::Request& before = requests_.back();
    PLAYGROUND_CHECK(http::is_persistent(before.headers, before.minor_version));
  }
  requests_.push_back(std::move(request));
  numbered_.push_back(false);
  responder_.emplace(std::move(responder));
  if (!script_.late) answer();
}

void Site::answer() {
  std::size_t number = requests_.size() - 1;
  std::size_t count = script_.replies.size();
  Reply reply(count == 0 ? 0 : static_cast<unsigned char>(script_.replies[number % count]));
  http::Responder responder = std::move(*std::exchange(responder_, std::nullopt));
  if (reply.form() == Reply::Form::none) return;
  numbered_.back() = true;
  http::Response response;
  response.headers.add(std::string(kNumber), std::to_string(number));
  if (reply.form() == Reply::Form::whole) {
    response.body = "done";
    return responder.respond(std::move(response));
  }
  pieces_left_ = reply.pieces();
  stream_waits_ = false;
  std::optional<std::uint64_t> length;
  if (reply.form() == Reply::Form::pieces_of_known_length) length = pieces_left_ * kPieceBytes;
  stream_ = responder.begin(std::move(response), length);
  stream_.on_drained([this] { stream_waits_ = false; });
  stream_.on_gone([this] { stream_ = {}; });
  ending_ = reply.ending();
}

void Site::write_on() {
  if (pieces_left_ == 0 && ending_ == Reply::Ending::close) {
    return stream_.end({}, http::Stream::Then::close);
  }
  if (pieces_left_ == 0 && ending_ == Reply::Ending::dropped) {
    stream_ = {};
    return;
  }
  // Of one whose length was told, this breaks the connection.
  bool early = pieces_left_ == 1 && ending_ == Reply::Ending::early;
  if (pieces_left_ == 0 || early) return stream_.end();
  --pieces_left_;
  stream_waits_ = !stream_.write(std::string(kPieceBytes, 'x'));
}

Served Site::judge(bool over) {
  Served served;
  served.over = over;
  // Of each request it was told once, and of one that never came whole.
  PLAYGROUND_CHECK(exchanges_ == requests_.size() || exchanges_ == requests_.size() + 1);
  if (script_.trouble.kind == Trouble::Kind::none) {
    check_order();
    auto [replies, last] = count_replies(peer_.received());
    PLAYGROUND_CHECK(replies == requests_.size() || replies == requests_.size() + 1);
    if (replies > requests_.size()) served.refusal = last;
    PLAYGROUND_CHECK(served.refusal == 0 || (served.refusal >= 400 && served.over));
  }
  connection_.reset();
  served.requests = std::move(requests_);
  return served;
}

// The numbers of the replies, one behind the other; each once.
void Site::check_order() const {
  const std::string& text = peer_.received();
  std::size_t at = 0;
  for (std::size_t number = 0; number < numbered_.size(); ++number) {
    if (!numbered_[number]) continue;
    std::string field = std::string(kNumber) + ": " + std::to_string(number) + "\r\n";
    at = text.find(kNumber, at);
    PLAYGROUND_CHECK(at != std::string::npos && text.compare(at, field.size(), field) == 0);
    at += field.size();
  }
  PLAYGROUND_CHECK(text.find(kNumber, at) == std::string::npos);
}

}  // namespace

Served serve(const std::vector<Piece>& pieces, const http::Limits& limits, const Script& script) {
  return Site(limits, script).run(pieces);
}

}  // namespace playground::fuzz
