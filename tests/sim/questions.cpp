#include "tests/sim/questions.h"

namespace sim {
namespace {

std::string name(Questions::Id id) { return "question " + std::to_string(id); }

}  // namespace

Questions::Id Questions::asked(std::size_t padding) {
  const Id id = questions_.size() + 1;
  Question question;
  question.body = name(id) + std::string(padding, '.');
  by_body_.emplace(question.body, id);
  questions_.push_back(std::move(question));
  return id;
}

void Questions::sent(Id id, unsigned shard, std::string correlation_id) {
  const bool fresh = by_correlation_id_.emplace(std::pair{shard, correlation_id}, id).second;
  witness_.expect(fresh, "a correlation id was given twice", correlation_id);
  at(id).correlation_id = std::move(correlation_id);
}

void Questions::ended(Id id, End end) {
  Question& question = at(id);
  witness_.expect(question.end == End::none, "ended twice", name(id));
  question.end = end;
  ++ends_[static_cast<std::size_t>(end)];
}

Questions::Taken Questions::judge(const Question& question) const {
  if (question.end == End::none) return Taken::answer;
  return question.end == End::answered ? Taken::duplicate : Taken::late;
}

Questions::Reply Questions::came(unsigned shard, std::string_view correlation_id) {
  const auto found = by_correlation_id_.find({shard, std::string{correlation_id}});
  Reply reply;
  if (found != by_correlation_id_.end()) {
    Question& question = at(found->second);
    ++question.replies_come;
    witness_.expect(question.replies_come <= question.replies_sent,
                    "more replies came than were sent", name(found->second));
    reply = {judge(question), found->second};
  }
  const std::uint64_t count = ++taken_[static_cast<std::size_t>(reply.taken)];
  witness_.expect(reply.taken != Taken::unknown || count <= forgeries_sent_,
                  "a reply that no service sent", std::string{correlation_id});
  return reply;
}

Questions::Id Questions::received(const std::string& body, const std::string& correlation_id,
                                  bool redelivered) {
  const auto found = by_body_.find(body);
  witness_.expect(found != by_body_.end(), "a service got what nobody asked", body);
  if (found == by_body_.end()) return 0;
  Question& question = at(found->second);
  witness_.expect(question.correlation_id == correlation_id, "with another's correlation id",
                  name(found->second));
  witness_.expect(redelivered || !question.delivered, "asked again without the mark",
                  name(found->second));
  question.delivered = true;
  return found->second;
}

void Questions::open_at_rest(Id id) const {
  witness_.expect(at(id).silence, "no service stays silent, but there is no answer", name(id));
}

void Questions::all_over() const {
  for (Id id = 1; id <= questions_.size(); ++id) {
    witness_.expect(at(id).end != End::none, "never ended", name(id));
  }
}

std::string Questions::summary() const {
  const auto ends = [&](End end) { return std::to_string(ends_[static_cast<std::size_t>(end)]); };
  const auto taken = [&](Taken as) { return std::to_string(taken_[static_cast<std::size_t>(as)]); };
  return std::to_string(questions_.size()) + " questions (" + ends(End::answered) + " answered, " +
         ends(End::timed_out) + " timed out, " + ends(End::abandoned) + " abandoned, " +
         ends(End::refused) + " refused), " + taken(Taken::late) + " late replies, " +
         taken(Taken::duplicate) + " duplicate, " + taken(Taken::unknown) + " forged";
}

}  // namespace sim
