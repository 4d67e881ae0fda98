#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "tests/sim/witness.h"

namespace sim {

/// What must hold of messages in queues, whatever happens to connections: small enough to be read
/// as the definition of correct.
///
///   nothing is delivered that was not published to that queue
///   a message that some client has seen comes again only with the redelivered mark
///   a message whose acknowledgement the broker has read never comes again
///   what one channel sent comes in that order to a queue's only consumer, as long as nothing is
///   given back in between
///   a confirmed message is seen by somebody in the end
///
/// and when the machine goes down and comes up again:
///
///   a message that is not persistent is gone, and never comes again
///   a confirmed persistent message that nobody acknowledged is still there
///   what was acknowledged before the disk had last caught up never comes again; of what was
///   acknowledged since, some may
///   what one channel sent is again in that order, from the beginning
class Model {
 public:
  explicit Model(Witness& witness) : witness_(witness) {}

  [[nodiscard]] std::uint64_t new_channel() { return ++channels_; }
  void published(const std::string& queue, const std::string& body, std::uint64_t channel,
                 std::uint64_t sequence, bool persistent = false) {
    Queue& to = queues_[queue];
    Message& message = to.messages.emplace(body, Message{channel, sequence}).first->second;
    message.disturbed = to.disturbed;
    message.persistent = persistent;
  }
  void confirmed(const std::string& queue, const std::string& body) {
    queues_[queue].messages.at(body).confirmed = true;
  }
  void delivered(const std::string& queue, const std::string& body, bool redelivered) {
    Queue& of = queues_[queue];
    const auto found = of.messages.find(body);
    if (found == of.messages.end()) {
      return witness_.expect(false, "delivered what was never published to", queue + " " + body);
    }
    Message& message = found->second;
    witness_.expect(!message.acknowledged, "an acknowledged message came again",
                    queue + " " + body);
    witness_.expect(!message.gone, "a message that is not persistent survived", queue + " " + body);
    witness_.expect(redelivered || !message.seen, "came again without the mark",
                    queue + " " + body);
    if (of.ordered && !redelivered && !message.disturbed) {
      std::uint64_t& last = of.last_sequence[message.channel];
      witness_.expect(message.sequence > last, "out of order", queue + " " + body);
      last = message.sequence;
    }
    message.seen = true;
    ++deliveries_;
  }
  void acknowledged(const std::string& queue, const std::string& body) {
    queues_[queue].messages.at(body).acknowledged = true;
  }
  /// The acknowledgement had reached the session when its connection was cut; nobody can tell
  /// whether it was looked at.
  void perhaps_acknowledged(const std::string& queue, const std::string& body) {
    queues_[queue].messages.at(body).perhaps_acknowledged = true;
  }
  /// A consumer of the queue was cut off: until the queue's home hears of it, messages go the wrong
  /// way and come back late, behind younger ones.
  void disturbed(const std::string& queue) {
    queues_[queue].disturbed = true;
    for (auto& [body, message] : queues_[queue].messages) message.disturbed = true;
  }
  /// No letter is on its way: everybody has heard of everything.
  void all_heard() {
    for (auto& [name, queue] : queues_) queue.disturbed = false;
  }
  /// Every log has everything on disk, and no letter is on its way.
  void caught_up() {
    for (auto& [name, queue] : queues_) {
      for (auto& [body, message] : queue.messages) message.settled_on_disk = message.acknowledged;
    }
  }
  /// The machine went down. The redelivered mark is as good as the disk's memory of what was given
  /// out, which is not worth a sync.
  void crashed() {
    for (auto& [name, queue] : queues_) {
      queue.disturbed = false;
      queue.last_sequence.clear();
      for (auto& [body, message] : queue.messages) {
        message.disturbed = false;
        message.seen = false;
        message.gone = !message.persistent;
        if (message.acknowledged && !message.settled_on_disk) {
          message.acknowledged = false;
          message.perhaps_acknowledged = true;
        }
      }
    }
  }
  /// The queue has several consumers, so nobody sees its order.
  void unordered(const std::string& queue) { queues_[queue].ordered = false; }

  /// To be asked when everything has come to rest.
  void at_rest() const {
    for (const auto& [name, queue] : queues_) {
      for (const auto& [body, message] : queue.messages) {
        const bool settled = message.acknowledged || message.perhaps_acknowledged || message.gone;
        witness_.expect(settled || !message.confirmed, "lost a confirmed message",
                        name + " " + body);
        witness_.expect(settled || !message.seen, "never settled", name + " " + body);
      }
    }
  }
  [[nodiscard]] std::uint64_t deliveries() const { return deliveries_; }

 private:
  struct Message {
    std::uint64_t channel = 0;
    std::uint64_t sequence = 0;
    bool confirmed = false;
    bool seen = false;
    bool acknowledged = false;
    bool perhaps_acknowledged = false;
    bool disturbed = false;
    bool persistent = false;
    bool gone = false;             // not persistent, and the machine went down
    bool settled_on_disk = false;  // acknowledged, and the disk knows
  };
  struct Queue {
    bool ordered = true;
    bool disturbed = false;
    std::map<std::string, Message> messages;
    std::map<std::uint64_t, std::uint64_t> last_sequence;  // by channel
  };

  Witness& witness_;
  std::map<std::string, Queue> queues_;
  std::uint64_t channels_ = 0;
  std::uint64_t deliveries_ = 0;
};

}  // namespace sim
