#include "exec/places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "uv/loop.h"

namespace playground::exec {
namespace {

namespace fs = std::filesystem;

class PlacesTest : public ::testing::Test {
 protected:
  PlacesTest() {
    char name[] = "/dev/shm/test-playground-XXXXXX";
    directory_ = ::mkdtemp(name);
    scratch_ = std::move(*Scratch::open(directory_));
    places_.emplace(loop_, *scratch_, [] {});
  }
  ~PlacesTest() override {
    places_.reset();
    scratch_.reset();
    fs::remove_all(directory_);
  }

  // The slots that are given until there are none.
  std::set<int> take_all() {
    std::set<int> slots;
    for (auto place = places_->take(); *place; place = places_->take()) {
      EXPECT_EQ(places_->path_of(**place), mount_);
      EXPECT_TRUE(slots.insert((*place)->slot).second) << "given twice: " << (*place)->slot;
    }
    return slots;
  }

  uv::Loop loop_;
  fs::path directory_;
  std::string mount_;
  std::unique_ptr<Scratch> scratch_;
  std::optional<Places> places_;
};

TEST_F(PlacesTest, AreFreshFoldersWithoutSlots) {
  places_->renew(0);
  auto one = places_->take();
  auto two = places_->take();
  EXPECT_EQ((*one)->slot, protocol::kNoSlot);
  EXPECT_NE(places_->path_of(**one), places_->path_of(**two));
  EXPECT_TRUE(fs::is_empty(places_->path_of(**one)));
}

TEST_F(PlacesTest, AreEachSlotOnce) {
  mount_ = *places_->make_mount();
  places_->renew(3);
  EXPECT_EQ(take_all(), (std::set{0, 1, 2}));
  places_->give_back({mount_, 1});
  EXPECT_EQ(take_all(), std::set{1});
}

TEST_F(PlacesTest, OfAnEarlierZygoteAreNotGivenAgain) {
  mount_ = *places_->make_mount();
  places_->renew(2);
  std::uint64_t before = places_->generation();
  take_all();
  places_->renew(1);
  EXPECT_GT(places_->generation(), before);
  EXPECT_EQ(take_all(), std::set{0});
}

}  // namespace
}  // namespace playground::exec
