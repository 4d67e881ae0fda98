#include "amqp/session/confirm_window.h"

namespace amqp::session {

std::uint64_t ConfirmWindow::open() {
  states_.push_back(State::waiting);
  return first_ + states_.size() - 1;
}

void ConfirmWindow::resolve(std::uint64_t sequence, bool accepted) {
  if (sequence < first_ || sequence - first_ >= states_.size()) return;
  State& state = at(sequence);
  if (state != State::waiting) return;
  state = accepted ? State::accepted : State::refused;
  fresh_.push_back(sequence);
}

void ConfirmWindow::tell(const std::function<bool(std::uint64_t, bool, bool)>& say) {
  if (tell_front(say) && tell_scattered(say)) fresh_.clear();
}

bool ConfirmWindow::tell_front(const std::function<bool(std::uint64_t, bool, bool)>& say) {
  drop_told();
  while (!states_.empty() && states_.front() != State::waiting) {
    const State outcome = states_.front();
    std::size_t run = 1;
    while (run < states_.size() && states_[run] == outcome) ++run;
    if (!say(first_ + run - 1, run > 1, outcome == State::accepted)) return false;
    for (std::size_t i = 0; i < run; ++i) states_[i] = State::told;
    drop_told();
  }
  return true;
}

/// Those behind one that still waits, each by itself.
bool ConfirmWindow::tell_scattered(const std::function<bool(std::uint64_t, bool, bool)>& say) {
  for (const std::uint64_t sequence : fresh_) {
    if (sequence < first_ || at(sequence) == State::told) continue;
    if (!say(sequence, false, at(sequence) == State::accepted)) return false;
    at(sequence) = State::told;
  }
  return true;
}

void ConfirmWindow::drop_told() {
  while (!states_.empty() && states_.front() == State::told) {
    states_.pop_front();
    ++first_;
  }
}

}  // namespace amqp::session
