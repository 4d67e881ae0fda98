#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/sim/witness.h"

namespace sim {

/// What must hold of the questions that gateways ask services: small enough to be read as the
/// definition of correct. Gateways and services both tell it what they do; it knows the correlation
/// ids, and so says of each reply what it must be taken for before the courier sees it.
///
///   a service gets no question that was not asked, and none again without the redelivered mark
///   a question ends exactly once: answered, timed out, abandoned or refused
///   the first reply to an open question is its answer; any other is late, a duplicate or unknown
///   no more replies come to a question than services have sent, and no more forged ones
///   a question that is open when nothing moves any more met a service that stays silent
class Questions {
 public:
  using Id = std::uint64_t;  // of a question: from 1, in the order of asking; 0 is none
  enum class End : std::uint8_t { none, answered, timed_out, abandoned, refused };
  enum class Taken : std::uint8_t { answer, duplicate, late, unknown };
  static constexpr std::size_t kEnds = 5;
  static constexpr std::size_t kTaken = 4;

  explicit Questions(Witness& witness) : witness_(witness) {}

  // Gateways.
  [[nodiscard]] Id asked(std::size_t padding);
  void sent(Id id, unsigned shard, std::string correlation_id);
  void ended(Id id, End end);
  /// What the gateway of `shard` must take this reply for, and which question it answers.
  struct Reply {
    Taken taken = Taken::unknown;
    Id question = 0;
  };
  [[nodiscard]] Reply came(unsigned shard, std::string_view correlation_id);
  [[nodiscard]] const std::string& body(Id id) const { return at(id).body; }
  [[nodiscard]] bool delivered(Id id) const { return at(id).delivered; }
  /// The body of the only right answer.
  [[nodiscard]] static std::string answer_to(const std::string& body) { return "echo " + body; }

  // Services.
  /// Which question this is; 0 when nobody asked it.
  [[nodiscard]] Id received(const std::string& body, const std::string& correlation_id,
                            bool redelivered);
  void replying(Id id) { ++at(id).replies_sent; }
  void forging() { ++forgeries_sent_; }
  void staying_silent(Id id) { at(id).silence = true; }

  /// To be asked when everything has come to rest, of a question that is still open.
  void open_at_rest(Id id) const;
  /// To be asked when everything has come to rest and all time-outs are over.
  void all_over() const;
  [[nodiscard]] std::string summary() const;

 private:
  struct Question {
    std::string body;
    std::string correlation_id;
    bool delivered = false;
    bool silence = false;  // a service took it and will say nothing
    std::uint64_t replies_sent = 0;
    std::uint64_t replies_come = 0;
    End end = End::none;
  };
  [[nodiscard]] const Question& at(Id id) const { return questions_.at(id - 1); }
  [[nodiscard]] Question& at(Id id) { return questions_.at(id - 1); }
  [[nodiscard]] Taken judge(const Question& question) const;

  Witness& witness_;
  std::vector<Question> questions_;
  std::map<std::string, Id> by_body_;
  std::map<std::pair<unsigned, std::string>, Id> by_correlation_id_;  // and shard
  std::uint64_t forgeries_sent_ = 0;
  std::uint64_t ends_[kEnds] = {};
  std::uint64_t taken_[kTaken] = {};
};

}  // namespace sim
