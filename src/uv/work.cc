#include "uv/work.h"

#include <utility>

#include "base/check.h"

namespace playground::uv {

struct Work::Request {
  uv_work_t raw{};
  Work* owner = nullptr;
  std::function<void()> job;
  std::function<void()> on_done;
};

std::unique_ptr<Work> Work::start(Loop& loop, std::function<void()> job,
                                  std::function<void()> on_done) {
  auto* request = new Request();
  request->raw.data = request;
  request->job = std::move(job);
  request->on_done = std::move(on_done);
  std::unique_ptr<Work> work(new Work(request));
  request->owner = work.get();
  int failed = uv_queue_work(
      loop.raw(), &request->raw, [](uv_work_t* raw) { static_cast<Request*>(raw->data)->job(); },
      [](uv_work_t* raw, int) {
        std::unique_ptr<Request> done(static_cast<Request*>(raw->data));
        if (done->owner == nullptr) return;
        done->owner->request_ = nullptr;
        done->on_done();
      });
  PLAYGROUND_CHECK(failed == 0);
  return work;
}

Work::~Work() {
  if (request_ == nullptr) return;
  request_->owner = nullptr;
  uv_cancel(reinterpret_cast<uv_req_t*>(&request_->raw));
}

}  // namespace playground::uv
