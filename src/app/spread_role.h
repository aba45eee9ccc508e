// SpreadRole: one role of the process, with a part on each of its loops. It is asked by the first
// loop's thread; each part is asked by its own.
#pragma once

#include <functional>
#include <vector>

#include "app/role.h"
#include "uv/loops.h"

namespace playground::app {

class SpreadRole final : public Role {
 public:
  // One part for each loop, in their order. Loops and parts outlive it.
  SpreadRole(uv::Loops& loops, std::vector<Role*> parts);

  std::string_view name() const override { return parts_.front()->name(); }
  Endpoint address() const override { return parts_.front()->address(); }
  void announce_close() override;
  // `on_empty` comes once all parts are.
  void close_when_idle(std::function<void()> on_empty) override;
  void abandon() override;
  void renew() override;

 private:
  void on_part_empty();

  uv::Loops& loops_;
  std::vector<Role*> parts_;
  std::size_t open_ = 0;  // parts that are closing and not empty yet
  std::function<void()> on_empty_;
};

}  // namespace playground::app
