#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/sim/model.h"
#include "tests/sim/wire_client.h"

namespace sim {

/// The queues of the plain stories: each is bound to kTopic with its own name and with "all.#".
inline constexpr const char* kTopic = "plain";
[[nodiscard]] std::vector<std::string> plain_queues();
/// The queues of services, which echoes consume.
[[nodiscard]] std::vector<std::string> work_queues();

/// Whether the plain queues and their exchange survive the machine, and most messages with them.
enum class Lasting : std::uint8_t { no, yes };

/// Publishes numbered messages with confirms, to one queue or to all.
class Producer final : public WireClient {
 public:
  Producer(ClientWorld& world, Model& model, int number, Lasting lasting = Lasting::no)
      : WireClient(world), model_(model), number_(number), lasting_(lasting) {}
  [[nodiscard]] bool ready() const { return ready_; }
  void publish_one(Random& random);

 private:
  void opened() override;
  void answered(const amqp::wire::AnyMethod& method) override;
  void lost() override;

  void told(std::uint64_t tag, bool multiple, bool confirmed);

  struct Sent {
    std::vector<std::string> queues;
    std::string body;
  };
  Model& model_;
  int number_;
  Lasting lasting_;
  bool ready_ = false;
  std::uint64_t channel_ = 0;   // as the model numbers them
  std::uint64_t made_ = 0;      // messages in all
  std::uint64_t confirms_ = 0;  // sequence numbers of this connection
  std::map<std::uint64_t, Sent> unconfirmed_;
};

/// Acknowledges what has been received, once the broker has read the acknowledgement.
class Acker {
 public:
  void sent(std::uint64_t octets, std::string body) { acks_.emplace_back(octets, std::move(body)); }
  void clear() { acks_.clear(); }
  template <typename Settled>
  void taken(std::uint64_t octets, Settled&& settled) {
    for (; !acks_.empty() && acks_.front().first <= octets; acks_.pop_front()) {
      settled(acks_.front().second);
    }
  }

 private:
  std::deque<std::pair<std::uint64_t, std::string>> acks_;  // the stream's length when it was sent
};

/// Consumes one queue; acknowledges one by one or several at once, and gives some back.
class Consumer final : public WireClient {
 public:
  Consumer(ClientWorld& world, Model& model, Random& random, std::string queue,
           std::uint16_t prefetch, Lasting lasting = Lasting::no)
      : WireClient(world),
        model_(model),
        random_(random),
        queue_(std::move(queue)),
        prefetch_(prefetch),
        lasting_(lasting) {}
  void be_gentle() { gentle_ = true; }  ///< Gives nothing back any more.
  /// Acknowledges what it has kept to itself so far.
  void acknowledge_all();

 private:
  void opened() override;
  void received(const Message& message) override;
  void progressed() override;
  void lost() override;

  Model& model_;
  Random& random_;
  std::string queue_;
  std::uint16_t prefetch_;
  Lasting lasting_;
  bool gentle_ = false;
  std::vector<std::pair<std::uint64_t, std::string>>
      kept_;  // delivery tag and body, unacknowledged
  Acker acker_;
};

/// Comes with an exclusive queue of its own, looks on, and leaves: the topology never rests.
class Tourist final : public WireClient {
 public:
  explicit Tourist(ClientWorld& world) : WireClient(world) {}

 private:
  void opened() override { declare_queue("", true); }
  void answered(const amqp::wire::AnyMethod& method) override;
};

}  // namespace sim
