#include "tls/context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "certificates.h"

namespace playground::tls {
namespace {

using ::testing::HasSubstr;

std::string why_not(const std::string& certificate, const std::string& key) {
  auto context = Context::server(file(certificate), file(key));
  return context ? "fine" : context.error().message;
}

TEST(Context, TakesAPairThatBelongsTogether) {
  EXPECT_EQ(why_not("good.pem", "good.key"), "fine");
}

TEST(Context, NamesTheFileAndWhatIsWrongWithIt) {
  EXPECT_EQ(why_not("none.pem", "good.key"), file("none.pem") + ": No such file or directory");
  EXPECT_EQ(why_not("good.pem", "none.key"), file("none.key") + ": No such file or directory");
  EXPECT_EQ(why_not("good.key", "good.key"),
            file("good.key") + ": no certificate in PEM form in it");
  EXPECT_EQ(why_not("good.pem", "good.pem"),
            file("good.pem") + ": no private key in PEM form in it");
  EXPECT_EQ(why_not("good.pem", "names.key"),
            file("names.key") + ": the key belongs to another certificate");
  EXPECT_EQ(why_not("good.pem", "encrypted.key"),
            file("encrypted.key") + ": the key needs a passphrase, and nobody can be asked for it");
  EXPECT_THAT(why_not("expired.pem", "expired.key"), HasSubstr("the certificate has expired on "));
  EXPECT_THAT(why_not("future.pem", "future.key"),
              HasSubstr("the certificate is not valid before "));
  EXPECT_EQ(why_not("", "good.key"), file("") + ": Is a directory");
}

TEST(Context, AuthoritiesHaveToBeThere) {
  EXPECT_TRUE(Context::client(""));
  EXPECT_TRUE(Context::client(file("ca.pem")));
  auto missing = Context::client(file("none.pem"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, file("none.pem") + ": No such file or directory");
  EXPECT_FALSE(Context::client(file("good.key")));
}

TEST(Context, KeepsWhatItHasWhenTheNewFilesAreBad) {
  namespace fs = std::filesystem;
  auto overwrite = fs::copy_options::overwrite_existing;
  fs::copy_file(file("good.pem"), file("live.pem"));
  fs::copy_file(file("good.key"), file("live.key"));
  auto context = Context::server(file("live.pem"), file("live.key"));
  ASSERT_TRUE(context);
  SSL_CTX* before = (*context)->current().get();
  fs::copy_file(file("renewed.pem"), file("live.pem"), overwrite);
  auto mixed = (*context)->reload();
  ASSERT_FALSE(mixed);
  EXPECT_THAT(mixed.error().message, HasSubstr("belongs to another certificate"));
  EXPECT_EQ((*context)->current().get(), before);
  fs::copy_file(file("renewed.key"), file("live.key"), overwrite);
  EXPECT_TRUE((*context)->reload());
  EXPECT_NE((*context)->current().get(), before);
}

TEST(Context, MayBeReloadedWhileOtherThreadsBeginConnections) {
  auto context = Context::server(file("good.pem"), file("good.key"));
  ASSERT_TRUE(context);
  std::atomic<bool> over = false;
  std::vector<std::thread> loops;
  for (int i = 0; i < 3; ++i) {
    loops.emplace_back([&] {
      while (!over) {
        SslContext current = (*context)->current();
        EXPECT_NE(Ssl(SSL_new(current.get())), nullptr);
      }
    });
  }
  for (int i = 0; i < 20; ++i) EXPECT_TRUE((*context)->reload());
  over = true;
  for (std::thread& loop : loops) loop.join();
}

}  // namespace
}  // namespace playground::tls
