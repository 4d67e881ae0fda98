#include "amqp/broker/ready_order.h"

#include <gtest/gtest.h>

#include <vector>

namespace amqp::broker {
namespace {

using Positions = std::vector<std::uint64_t>;

Positions take_all(ReadyOrder& order) {
  Positions taken;
  while (order.size() > 0) {
    EXPECT_EQ(order.next(), order.next());
    taken.push_back(order.take_next());
  }
  return taken;
}

TEST(ReadyOrder, IsByAgeAndSkipsWhatNeverCame) {
  ReadyOrder order{0};
  for (const std::uint64_t position : Positions{1, 2, 5, 6, 9}) order.add(position, 0);
  EXPECT_EQ(take_all(order), (Positions{1, 2, 5, 6, 9}));
}

TEST(ReadyOrder, WhatCameBackIsOlderThanWhatNeverLeft) {
  ReadyOrder order{0};
  for (std::uint64_t position = 1; position <= 4; ++position) order.add(position, 0);
  EXPECT_EQ(order.take_next(), 1U);
  EXPECT_EQ(order.take_next(), 2U);
  order.came_back(2, 0);
  order.came_back(1, 0);
  EXPECT_EQ(take_all(order), (Positions{1, 2, 3, 4}));
}

TEST(ReadyOrder, TheHighestOfTwoHundredAndFiftySixLevelsGoesFirst) {
  ReadyOrder order{255};
  const Positions by_level{0, 63, 64, 128, 255};
  std::uint64_t position = 0;
  for (const std::uint64_t level : by_level)
    order.add(++position, static_cast<std::uint8_t>(level));
  EXPECT_EQ(take_all(order), (Positions{5, 4, 3, 2, 1}));
}

TEST(ReadyOrder, LevelsAreCutToWhatThereIs) {
  EXPECT_EQ(ReadyOrder{0}.level_of(9), 0);
  EXPECT_EQ(ReadyOrder{5}.level_of(9), 5);
  EXPECT_EQ(ReadyOrder{5}.level_of(3), 3);
  EXPECT_EQ(ReadyOrder{255}.level_of(255), 255);
}

TEST(ReadyOrder, IsEmptyAfterClearAndGoesOn) {
  ReadyOrder order{1};
  order.add(1, 0);
  order.add(2, 1);
  order.take_next();
  order.came_back(2, 1);
  order.clear();
  EXPECT_EQ(order.size(), 0U);
  order.add(3, 0);
  EXPECT_EQ(take_all(order), Positions{3});
}

}  // namespace
}  // namespace amqp::broker
