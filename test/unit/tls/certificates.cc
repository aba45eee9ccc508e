#include "certificates.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>

namespace playground::tls {
namespace {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/playground-tls-XXXXXX";
    path_ = ::mkdtemp(name);
    std::string command = std::string(TEST_PYTHON) + " -B " + TEST_CERTIFICATES + " " + path_;
    EXPECT_EQ(std::system(command.c_str()), 0);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

std::string file(const std::string& name) {
  static const Folder folder;
  return folder.path() + "/" + name;
}

std::unique_ptr<Context> server_with(const std::string& name) {
  auto context = Context::server(file(name + ".pem"), file(name + ".key"));
  EXPECT_TRUE(context.has_value()) << context.error().message;
  return std::move(*context);
}

std::unique_ptr<Context> trusting_client() {
  auto context = Context::client(file("ca.pem"));
  EXPECT_TRUE(context.has_value()) << context.error().message;
  return std::move(*context);
}

}  // namespace playground::tls
