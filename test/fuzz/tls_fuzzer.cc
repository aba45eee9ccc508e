// TLS over a stream that brings anything. Garbage ends a handshake and nothing else; between two
// ends of ours, what arrives is what was sent, in whatever pieces, and after a changed byte never
// anything more.
#include <memory>
#include <string>
#include <utility>

#include "base/check.h"
#include "fake_stream.h"
#include "fuzzer.h"
#include "input.h"
#include "tls/client.h"
#include "tls/stream.h"
#include "tls_identity.h"

namespace playground::fuzz {
namespace {

// Enough for any handshake and what is sent behind it, in pieces of one byte.
constexpr int kMostTurns = 20'000;

struct Identity {
  std::unique_ptr<tls::Context> server = make_server_context();
  std::unique_ptr<tls::Context> client = tls::Context::client_of(*server);
};

const Identity& identity() {
  static const Identity made;
  return made;
}

// One end of ours: the stream above TLS, and the peer below it.
struct End final : uv::Stream::Owner {
  Peer peer;
  uv::Owned<tls::Stream> stream;
  std::string received;
  std::string to_send;  // once it is connected
  int events = 0;       // that end it
  bool connected = false;

  void adopt(uv::Owned<tls::Stream> adopted) {
    stream = std::move(adopted);
    stream->set_owner(this);
    stream->start_reading();
  }
  void on_connected(int error) override {
    PLAYGROUND_CHECK(!connected && events == 0);
    connected = error == 0;
    if (!connected) return on_end();
    stream->write(to_send);
    stream->start_reading();
  }
  void on_read(std::string_view bytes) override {
    PLAYGROUND_CHECK(connected && events == 0);
    received += bytes;
  }
  void on_read_end(int) override { on_end(); }
  void on_written(int) override { PLAYGROUND_CHECK(connected); }
  void on_end() { PLAYGROUND_CHECK(++events == 1); }

  bool takes_bytes() const { return events == 0 && peer.is_read(); }
};

// A client and a server of ours, each over its own fake stream.
class Ends {
 public:
  Ends() : client_side_(*identity().client, "fuzz.example") {
    acceptor_.context = identity().server.get();
    acceptor_.plain_reply = "HTTP/1.1 400 Bad Request\r\n\r\n";
    acceptor_.on_failed = [this](const std::string&, const std::string& why) {
      PLAYGROUND_CHECK(!why.empty());
      ++failed_;
    };
  }

  void open_server() { server.adopt(tls::Stream::accept(loop, server.peer.open(loop), acceptor_)); }
  void open_client() {
    client.adopt(tls::Stream::connect(loop, client.peer.open(loop), client_side_));
    loop.run_once(false);
  }
  int failed() const { return failed_; }

  uv::Loop loop;

 private:
  // These outlive the streams.
  tls::Stream::Acceptor acceptor_;
  tls::Client client_side_;
  int failed_ = 0;

 public:
  End server;
  End client;
};

void feed(uv::Loop& loop, End& end, std::string_view bytes, std::string_view lengths) {
  for (const Piece& piece : cut(bytes, lengths)) {
    if (end.takes_bytes()) end.peer.send(view(piece));
    while (end.peer.owes()) end.peer.take();
    loop.run_once(false);
  }
  if (end.takes_bytes()) end.peer.end(0);
  PLAYGROUND_CHECK(!end.connected && end.received.empty());
}

// Bytes for a server that are no client's.
void check_server(std::string_view bytes, std::string_view lengths) {
  Ends ends;
  ends.open_server();
  feed(ends.loop, ends.server, bytes, lengths);
  PLAYGROUND_CHECK(ends.failed() == 1);
}

void check_client(std::string_view bytes, std::string_view lengths) {
  Ends ends;
  ends.open_client();
  PLAYGROUND_CHECK(!ends.client.peer.received().empty());
  feed(ends.loop, ends.client, bytes, lengths);
  PLAYGROUND_CHECK(ends.client.events == 1);
}

// The bytes on their way from one end to the other, one of which may be changed.
struct Wire {
  std::string waiting;
  std::size_t carried = 0;
};

// Carries a piece; false where there was none.
bool carry(End& from, End& to, Wire& wire, std::size_t most, std::size_t spoilt, unsigned mask) {
  while (from.peer.owes()) from.peer.take();
  wire.waiting += from.peer.fetch();
  if (wire.waiting.empty() || !to.takes_bytes()) return false;
  std::string_view taken = std::string_view(wire.waiting).substr(0, most);
  Piece piece(taken.begin(), taken.end());
  wire.waiting.erase(0, piece.size());
  if (spoilt >= wire.carried && spoilt < wire.carried + piece.size()) {
    char& byte = piece[spoilt - wire.carried];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ mask);
  }
  wire.carried += piece.size();
  to.peer.send(view(piece));
  return true;
}

void check_pair(Input input) {
  unsigned mask = input.byte();
  bool spoils_client = (input.byte() & 1) != 0;
  std::size_t spoilt = input.byte() * std::size_t{256} + input.byte();
  std::string_view lengths = input.bytes();
  Ends ends;
  ends.client.to_send = input.bytes();
  ends.server.to_send = input.rest();
  ends.server.peer.slow = ends.client.peer.slow = (mask & 1) != 0;
  ends.open_server();
  ends.open_client();

  Wire up;
  Wire down;
  int turn = 0;
  for (bool moved = true; moved; ++turn) {
    PLAYGROUND_CHECK(turn < kMostTurns);
    std::size_t most = 4096;
    if (!lengths.empty()) {
      most = static_cast<unsigned char>(lengths[static_cast<std::size_t>(turn) % lengths.size()]);
      most = most * 8 + 1;
    }
    moved = carry(ends.client, ends.server, up, most, spoilt, spoils_client ? mask : 0);
    moved |= carry(ends.server, ends.client, down, most, spoilt, spoils_client ? 0 : mask);
    ends.loop.run_once(false);
  }
  bool spoiled = mask != 0 && spoilt < (spoils_client ? up : down).carried;
  PLAYGROUND_CHECK(ends.client.to_send.starts_with(ends.server.received));
  PLAYGROUND_CHECK(ends.server.to_send.starts_with(ends.client.received));
  if (spoiled) return;
  PLAYGROUND_CHECK(ends.client.connected && ends.server.connected && ends.failed() == 0);
  PLAYGROUND_CHECK(ends.client.received == ends.server.to_send);
  PLAYGROUND_CHECK(ends.server.received == ends.client.to_send);
}

void run(Input input) {
  unsigned kind = input.byte() % 3;
  if (kind == 2) return check_pair(input);
  std::string_view lengths = input.bytes();
  kind == 0 ? check_server(input.rest(), lengths) : check_client(input.rest(), lengths);
}

}  // namespace
}  // namespace playground::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  playground::fuzz::run({data, size});
  return 0;
}
