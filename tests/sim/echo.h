#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "tests/sim/questions.h"
#include "tests/sim/wire_client.h"

namespace sim {

inline constexpr const char* kServices = "ext";  // the exchange of all services

/// How often a service behaves otherwise than it should, in percent of its messages.
struct Manners {
  unsigned slow = 0;     // keeps the message, and replies when it is woken
  unsigned silent = 0;   // acknowledges, and never replies
  unsigned repeats = 0;  // replies twice
  unsigned forges = 0;   // sends a reply with a wrong correlation id ahead
};

/// A service of the gateway: replies to each message with its body, then acknowledges.
class Echo final : public WireClient {
 public:
  Echo(ClientWorld& world, Questions& questions, Random& random, std::string queue, Manners manners)
      : WireClient(world),
        questions_(questions),
        random_(random),
        queue_(std::move(queue)),
        manners_(manners) {}
  void wake();       ///< Answers the oldest message that it keeps.
  void be_gentle();  ///< Answers all that it keeps, and behaves from now on.

 private:
  struct Task {
    std::uint64_t tag = 0;
    Questions::Id question = 0;
    std::string correlation_id;
    std::string reply_to;
  };
  void opened() override;
  void received(const Message& message) override;
  void lost() override { kept_.clear(); }

  void answer(const Task& task);
  void forge(const Task& task);
  void reply(const std::string& reply_to, const std::string& correlation_id, std::string_view body);
  [[nodiscard]] bool chance(unsigned percent) { return random_() % 100 < percent; }

  Questions& questions_;
  Random& random_;
  std::string queue_;
  Manners manners_;
  std::deque<Task> kept_;
};

}  // namespace sim
