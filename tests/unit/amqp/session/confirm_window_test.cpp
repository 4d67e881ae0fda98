#include "amqp/session/confirm_window.h"

#include <gtest/gtest.h>

#include <string>

namespace amqp::session {
namespace {

/// What a client hears: "ack 3*" is multiple.
std::string told(ConfirmWindow& window, std::size_t at_most = 100) {
  std::string heard;
  window.tell([&](std::uint64_t tag, bool multiple, bool accepted) {
    if (at_most == 0) return false;
    --at_most;
    heard += (accepted ? "ack " : "nack ") + std::to_string(tag) + (multiple ? "* " : " ");
    return true;
  });
  return heard;
}

void open(ConfirmWindow& window, int count) {
  for (int i = 0; i < count; ++i) static_cast<void>(window.open());
}

TEST(ConfirmWindow, NumbersPublishesFromOne) {
  ConfirmWindow window;
  EXPECT_EQ(window.open(), 1U);
  EXPECT_EQ(window.open(), 2U);
}

TEST(ConfirmWindow, SaysARunWithOneMultiple) {
  ConfirmWindow window;
  open(window, 4);
  for (const std::uint64_t sequence : {2U, 1U, 3U}) window.resolve(sequence, true);
  EXPECT_EQ(told(window), "ack 3* ");
  window.resolve(4, true);
  EXPECT_EQ(told(window), "ack 4 ");
  EXPECT_EQ(window.size(), 0U);
}

TEST(ConfirmWindow, DoesNotSpeakForOneThatStillWaits) {
  ConfirmWindow window;
  open(window, 4);
  window.resolve(3, true);
  window.resolve(2, true);
  EXPECT_EQ(told(window), "ack 3 ack 2 ");
  EXPECT_FALSE(window.has_news());
  window.resolve(1, true);
  EXPECT_EQ(told(window), "ack 1 ");
  window.resolve(4, true);
  EXPECT_EQ(told(window), "ack 4 ");
}

TEST(ConfirmWindow, KeepsAcceptedAndRefusedApart) {
  ConfirmWindow window;
  open(window, 5);
  window.resolve(1, true);
  window.resolve(2, true);
  window.resolve(3, false);
  window.resolve(4, false);
  window.resolve(5, true);
  EXPECT_EQ(told(window), "ack 2* nack 4* ack 5 ");
}

TEST(ConfirmWindow, GoesOnLaterWhenThereIsNoRoom) {
  ConfirmWindow window;
  open(window, 5);
  for (const std::uint64_t sequence : {1U, 3U, 5U}) window.resolve(sequence, true);
  EXPECT_EQ(told(window, 2), "ack 1 ack 3 ");
  EXPECT_TRUE(window.has_news());
  EXPECT_EQ(told(window), "ack 5 ");
  EXPECT_FALSE(window.has_news());
}

TEST(ConfirmWindow, DoesNotHearASecondWord) {
  ConfirmWindow window;
  open(window, 2);
  window.resolve(1, true);
  window.resolve(1, false);
  window.resolve(7, true);
  EXPECT_EQ(told(window), "ack 1 ");
  window.resolve(1, true);
  EXPECT_FALSE(window.has_news());
}

}  // namespace
}  // namespace amqp::session
