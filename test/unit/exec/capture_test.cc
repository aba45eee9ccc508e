#include "exec/capture.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace playground::exec {
namespace {

constexpr std::size_t kPlenty = 1 << 20;

struct Pipe {
  UniqueFd read;
  UniqueFd write;
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    read.reset(ends[0]);
    write.reset(ends[1]);
  }
  void send(const std::string& bytes) {
    EXPECT_EQ(::write(write.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
};

TEST(Capture, KeepsWhatComesUntilTheEnd) {
  Pipe pipe;
  Capture capture(std::move(pipe.read), 100);
  pipe.send("one ");
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::again);
  pipe.send("two");
  pipe.write.reset();
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::again);
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::ended);
  EXPECT_FALSE(capture.truncated());
  EXPECT_EQ(capture.take(), "one two");
}

TEST(Capture, ExactlyTheLimitIsNotTooMuch) {
  Pipe pipe;
  Capture capture(std::move(pipe.read), 4);
  pipe.send("1234");
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::again);
  EXPECT_FALSE(capture.truncated());
  pipe.send("5");
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::overflow);
  EXPECT_TRUE(capture.truncated());
  EXPECT_EQ(capture.take(), "1234");
}

TEST(Capture, WhatWasTakenCountsForTheLimit) {
  Pipe pipe;
  Capture capture(std::move(pipe.read), 100);
  capture.set_limit(4);
  pipe.send("12");
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::again);
  EXPECT_EQ(capture.take(), "12");
  pipe.send("345");
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::overflow);
  EXPECT_EQ(capture.take(), "34");
}

TEST(Capture, ReadsNoMoreThanItsBudget) {
  Pipe pipe;
  Capture capture(std::move(pipe.read), 100);
  pipe.send("abcdef");
  EXPECT_EQ(capture.drain(2), Capture::Read::again);
  EXPECT_EQ(capture.take(), "ab");
}

TEST(Capture, APrefaceIsNoOutput) {
  Pipe pipe;
  Capture capture(std::move(pipe.read), 100);
  char preface[4];
  pipe.send("AB");
  EXPECT_EQ(capture.read_preface(preface, 4), Capture::Preface::pending);
  pipe.send("CDrest");
  EXPECT_EQ(capture.read_preface(preface, 4), Capture::Preface::complete);
  EXPECT_EQ(std::string(preface, 4), "ABCD");
  EXPECT_EQ(capture.drain(kPlenty), Capture::Read::again);
  EXPECT_EQ(capture.take(), "rest");
}

TEST(Capture, AnEndBeforeThePrefaceIsTold) {
  Pipe pipe;
  Capture capture(std::move(pipe.read), 100);
  pipe.send("A");
  pipe.write.reset();
  char preface[4];
  EXPECT_EQ(capture.read_preface(preface, 4), Capture::Preface::ended);
}

}  // namespace
}  // namespace playground::exec
