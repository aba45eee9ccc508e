// DescriptorSink: where spdlog's lines go: a descriptor, written to without ever waiting for its
// reader.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/unique_fd.h"

namespace playground::log {

class DescriptorSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  // `coloured` puts the level of each line into the colour of its weight. `lost` is the message by
  // which lines that could not be written are reported later; their number is put after it.
  DescriptorSink(int fd, bool coloured, std::string lost);

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}

 private:
  bool write_line(std::string_view line);
  std::size_t write_some(std::string_view bytes);
  void report_lost(const spdlog::details::log_msg& next);

  UniqueFd own_;  // a terminal, opened anew so that it can be non-blocking for us alone
  int fd_;
  bool coloured_;
  std::string lost_payload_;
  bool torn_ = false;  // the last line was not written to its end
  std::uint64_t lost_ = 0;
};

}  // namespace playground::log
