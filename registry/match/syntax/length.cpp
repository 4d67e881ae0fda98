#include "registry/match/syntax/length.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace registry::match::syntax {
namespace {

constexpr std::int32_t kMax = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kMinAfterOverflow = 0xFFFFFFF;

std::int32_t add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

std::int32_t multiply(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}

}  // namespace

void LengthSteps::characters(std::int32_t count) {
  steps_.push_back({.kind = Kind::add, .min = count, .max = count, .length = {}, .steps = {}});
}

void LengthSteps::line_break() {
  steps_.push_back({.kind = Kind::add, .min = 1, .max = 2, .length = {}, .steps = {}});
}

void LengthSteps::grapheme() {
  steps_.push_back({.kind = Kind::grapheme, .min = 1, .max = 0, .length = {}, .steps = {}});
}

void LengthSteps::reference() {
  steps_.push_back({.kind = Kind::endless, .min = 0, .max = 0, .length = {}, .steps = {}});
}

void LengthSteps::star(std::int32_t min) {
  steps_.push_back({.kind = Kind::star, .min = min, .max = kMax, .length = {}, .steps = {}});
}

void LengthSteps::any_rounds() {
  steps_.push_back({.kind = Kind::any_rounds, .min = 0, .max = 0, .length = {}, .steps = {}});
}

void LengthSteps::repeat(const LengthSteps& body, std::int32_t min, std::int32_t max) {
  steps_.push_back(
      {.kind = Kind::repeat, .min = min, .max = max, .length = body.length(), .steps = {}});
}

void LengthSteps::maybe(LengthSteps body) {
  steps_.push_back(
      {.kind = Kind::maybe, .min = 0, .max = 0, .length = {}, .steps = std::move(body.steps_)});
}

void LengthSteps::atomic(LengthSteps body) {
  steps_.push_back(
      {.kind = Kind::atomic, .min = 0, .max = 0, .length = {}, .steps = std::move(body.steps_)});
}

void LengthSteps::branches(const std::vector<LengthSteps>& branches) {
  Length all{.min = kMax, .max = -1, .bounded = true, .single_way = false};
  for (const LengthSteps& branch : branches) {
    const Length length = branch.length();
    all.min = std::min(all.min, length.min);
    all.max = std::max(all.max, length.max);
    all.bounded = all.bounded && length.bounded;
  }
  steps_.push_back({.kind = Kind::branches, .min = 0, .max = 0, .length = all, .steps = {}});
}

void LengthSteps::append(LengthSteps&& other) {
  if (steps_.empty()) {
    steps_ = std::move(other.steps_);
    return;
  }
  steps_.insert(steps_.end(), std::make_move_iterator(other.steps_.begin()),
                std::make_move_iterator(other.steps_.end()));
}

Length LengthSteps::length() const {
  Length length;
  run(steps_, length);
  return length;
}

// Behind an alternation Java begins to count anew, and adds the two sums in the end.
void LengthSteps::run(const std::vector<Step>& steps, Length& length) {
  std::int32_t min_before = 0;
  std::int32_t max_before = 0;
  for (const Step& step : steps) {
    if (step.kind == Kind::branches) {
      min_before = add(min_before, add(length.min, step.length.min));
      max_before = add(max_before, add(length.max, step.length.max));
      length.min = 0;
      length.max = 0;
      length.bounded = length.bounded && step.length.bounded;
      length.single_way = false;
    } else {
      run(step, length);
    }
  }
  length.min = add(length.min, min_before);
  length.max = add(length.max, max_before);
}

void LengthSteps::run(const Step& step, Length& length) {
  const std::int32_t min_before = length.min;
  switch (step.kind) {
    case Kind::endless:
      length.bounded = false;
      break;
    case Kind::any_rounds:
      length.bounded = false;
      length.single_way = false;
      break;
    case Kind::add:
    case Kind::star:
    case Kind::grapheme:
      length.min = add(length.min, step.min);
      length.max = add(length.max, step.max);
      length.single_way = length.single_way && step.kind == Kind::add;
      break;
    case Kind::repeat:
      run_repeat(step, length);
      break;
    case Kind::maybe:
      run(step.steps, length);
      length.min = min_before;
      length.single_way = false;
      break;
    case Kind::atomic:
      run(step.steps, length);
      break;
    case Kind::branches:
      break;
  }
}

void LengthSteps::run_repeat(const Step& step, Length& length) {
  const std::int32_t min = add(multiply(step.length.min, step.min), length.min);
  length.min = min < length.min ? kMinAfterOverflow : min;
  const std::int32_t max = add(multiply(step.length.max, step.max), length.max);
  length.bounded = length.bounded && step.length.bounded && max >= length.max;
  length.max = max;
  length.single_way = length.single_way && step.length.single_way && step.min == step.max;
}

}  // namespace registry::match::syntax
