#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

namespace amqp::session {

/// The publishes of a channel in confirm mode that the client has not heard of yet. Confirmations
/// are gathered until `tell`, which says as many as it can with one `multiple`.
///
/// Invariant: the publish at the front has not been told.
class ConfirmWindow {
 public:
  /// The number of the next publish, from 1 on.
  [[nodiscard]] std::uint64_t open();
  /// The broker's word on a publish. A second word on the same one is not heard.
  void resolve(std::uint64_t sequence, bool accepted);

  /// Says what was resolved since the last time: `say(tag, multiple, accepted)`, where `multiple`
  /// covers only publishes with the same outcome. `say` gives false to end it for now.
  void tell(const std::function<bool(std::uint64_t, bool, bool)>& say);

  [[nodiscard]] bool has_news() const { return !fresh_.empty(); }
  [[nodiscard]] std::size_t size() const { return states_.size(); }  ///< The caller's to bound.

 private:
  enum class State : std::uint8_t { waiting, accepted, refused, told };

  [[nodiscard]] State& at(std::uint64_t sequence) { return states_[sequence - first_]; }
  bool tell_front(const std::function<bool(std::uint64_t, bool, bool)>& say);
  bool tell_scattered(const std::function<bool(std::uint64_t, bool, bool)>& say);
  void drop_told();

  std::deque<State> states_;
  std::uint64_t first_ = 1;           // the sequence of states_.front()
  std::vector<std::uint64_t> fresh_;  // resolved and not told; some may have been told since
};

}  // namespace amqp::session
