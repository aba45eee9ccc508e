// Bytes through a connection whose handshake is done.
#include "tls/stream.h"

#include "pair.h"

namespace playground::tls {
namespace {

constexpr std::size_t kMegabyte = 1024 * 1024;

// No two stretches alike.
std::string long_text(std::size_t size) {
  std::string text;
  for (unsigned i = 0; text.size() < size; ++i) text += std::to_string(i * 2654435761U);
  text.resize(size);
  return text;
}

class StreamTest : public PairTest {
 protected:
  StreamTest() : target_(*client_context_, "backend.example") { connect_well(target_); }

  Stream& server() { return static_cast<Stream&>(*server_.stream); }
  Stream& client() { return static_cast<Stream&>(*client_.stream); }

  Client target_;
};

TEST_F(StreamTest, EchoesBytes) {
  server_.echo = true;
  EXPECT_EQ(client().write("head ", "body"), Stream::Write::done);
  EXPECT_EQ(client().write(""), Stream::Write::done);
  run_until([this] { return client_.received.size() == 9; });
  EXPECT_EQ(client_.received, "head body");
}

TEST_F(StreamTest, BigBodiesGoBothWaysAtOnce) {
  std::string up = long_text(10 * kMegabyte);
  std::string down = long_text(11 * kMegabyte);
  client().write("POST ", up);
  server().write("HTTP ", down);
  run_until([&] {
    return server_.received.size() == up.size() + 5 && client_.received.size() == down.size() + 5;
  });
  EXPECT_TRUE(server_.received == "POST " + up);
  EXPECT_TRUE(client_.received == "HTTP " + down);
  run_until([this] { return client().unsent_bytes() == 0 && server().unsent_bytes() == 0; });
}

TEST_F(StreamTest, ASlowReaderIsWaitedFor) {
  client().stop_reading();
  std::string text = long_text(32 * kMegabyte);
  EXPECT_EQ(server().write(text), Stream::Write::queued);
  // Turn for turn the kernel's buffers fill up, and no more than that.
  for (std::size_t before = 0; before != server().unsent_bytes();) {
    before = server().unsent_bytes();
    for (int i = 0; i < 10; ++i) loop_.run_once(false);
  }
  EXPECT_GT(server().unsent_bytes(), 16 * kMegabyte);
  EXPECT_EQ(client_.received, "");
  EXPECT_TRUE(client().has_unread());
  client().start_reading();
  run_until([this] { return server_.written; });
  run_until([&] { return client_.received.size() == text.size(); });
  EXPECT_TRUE(client_.received == text);
}

TEST_F(StreamTest, AWriteBehindAQueuedOneTakesNothingOfItsPromise) {
  // By now the kernel's buffers take more than is encrypted in one turn.
  std::string text = long_text(16 * kMegabyte);
  server().write(text);
  run_until([&] { return client_.received.size() == text.size(); });
  run_until([this] { return server_.written; });
  server_.written = false;
  text.resize(kMegabyte + 1);
  EXPECT_EQ(server().write(text), Stream::Write::queued);
  EXPECT_EQ(server().write("more"), Stream::Write::queued);
  run_until([this] { return server_.written; });
  run_until([&] { return client_.received.size() == 17 * kMegabyte + 5; });
  EXPECT_TRUE(client_.received.ends_with(text + "more"));
}

TEST_F(StreamTest, WhoStopsReadingGetsNoMore) {
  // Takes one piece at a time.
  struct Sipper final : uv::Stream::Owner {
    uv::Stream* stream = nullptr;
    std::string received;
    void on_read(std::string_view bytes) override {
      received += bytes;
      stream->stop_reading();
    }
    void on_read_end(int) override {}
    void on_written(int) override {}
  } sipper;
  sipper.stream = client_.stream.get();
  client().set_owner(&sipper);
  std::string text = long_text(kMegabyte);
  server().write(text);
  for (std::size_t sips = 0; sipper.received.size() < text.size(); ++sips) {
    std::size_t before = sipper.received.size();
    client().start_reading();
    run_until([&] { return sipper.received.size() > before; });
    EXPECT_LE(sipper.received.size() - before, 16 * 1024u);
    EXPECT_FALSE(client().reading());
  }
  EXPECT_TRUE(sipper.received == text);
}

TEST_F(StreamTest, AnAnnouncedEndIsAnEnd) {
  client().write(long_text(kMegabyte));
  client().shutdown_write();
  EXPECT_EQ(client().write("more"), Stream::Write::failed);
  run_until([this] { return server_.ended != 1; });
  EXPECT_EQ(server_.ended, 0);
  EXPECT_EQ(server_.received.size(), kMegabyte);
  // The other direction is still open.
  server().write("reply");
  run_until([this] { return client_.received == "reply"; });
}

TEST_F(StreamTest, DroppingAnnouncesTheEnd) {
  // A socket that is closed before everything was read, tickets included, ends by a reset.
  server().write("first");
  run_until([this] { return client_.received == "first"; });
  client().write("last");
  client_.stream.reset();
  run_until([this] { return server_.ended != 1; });
  EXPECT_EQ(server_.received, "last");
  EXPECT_EQ(server_.ended, 0);
}

TEST_F(StreamTest, DroppingWithUnsentBytesIsNoEnd) {
  client().stop_reading();
  server().write(long_text(32 * kMegabyte));
  server_.stream.reset();
  client().start_reading();
  run_until([this] { return client_.ended != 1; });
  EXPECT_NE(client_.ended, 0);
  EXPECT_FALSE(server_.written);
}

TEST_F(StreamTest, AResetIsNoEnd) {
  server().write("part");
  run_until([this] { return client_.received == "part"; });
  server().reset_on_close();
  server_.stream.reset();
  run_until([this] { return client_.ended != 1; });
  EXPECT_EQ(client_.ended, UV_ECONNRESET);
}

TEST_F(StreamTest, MayBeDroppedFromItsOwnCallback) {
  struct Dropper final : uv::Stream::Owner {
    uv::Owned<uv::Stream> stream;
    int calls = 0;
    void on_read(std::string_view) override {
      ++calls;
      stream.reset();
    }
    void on_read_end(int) override { ++calls; }
    void on_written(int) override { ++calls; }
  } dropper;
  dropper.stream = std::move(server_.stream);
  dropper.stream->set_owner(&dropper);
  client().write("one");
  client().write("two");
  run_until([this] { return client_.ended != 1; });
  EXPECT_EQ(dropper.calls, 1);
}

TEST_F(StreamTest, GoesOnAcrossAReload) {
  server_.echo = true;
  ASSERT_TRUE(server_context_->reload());
  client().write("old");
  run_until([this] { return client_.received == "old"; });
}

}  // namespace
}  // namespace playground::tls
