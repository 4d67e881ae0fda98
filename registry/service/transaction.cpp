#include "registry/service/transaction.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "registry/model/rules.h"
#include "registry/resource/validate.h"
#include "registry/service/audit_entry.h"

namespace registry::service {
namespace {

using resource::BrokenRule;
using resource::Draft;
using resource::Kind;
using resource::Object;
using resource::Resource;
using resource::ResourcePtr;
using resource::Rules;

const Rules& rules_of(const Kind& kind) {
  static constexpr Rules kNone;
  return kind.rules == nullptr ? kNone : *kind.rules;
}

RuleViolation::Kind kind_of(BrokenRule::Kind kind) {
  switch (kind) {
    case BrokenRule::Kind::duplicate:
      return RuleViolation::Kind::duplicate;
    case BrokenRule::Kind::forbidden:
      return RuleViolation::Kind::forbidden;
    case BrokenRule::Kind::conflict:
      return RuleViolation::Kind::conflict;
    case BrokenRule::Kind::invalid:
      break;
  }
  return RuleViolation::Kind::invalid;
}

std::string joined(const std::string& place, const std::string& path) {
  return place.empty() || path.empty() ? place + path : place + "/" + path;
}

RuleViolation violation(const BrokenRule& rule, const std::string& place = {}) {
  return {kind_of(rule.kind), rule.text, joined(place, rule.path)};
}

RuleViolation no_such(std::string_view name, const core::Uuid& id) {
  return {RuleViolation::Kind::not_found,
          "There is no " + std::string{name} + " with the id " + id.to_string() + "."};
}

RuleViolation full(const std::string& holder, const Kind& kind, std::size_t count_max) {
  return {RuleViolation::Kind::invalid, holder + " holds no more than " +
                                            std::to_string(count_max) + " of the kind " +
                                            std::string{kind.shape.name} + "."};
}

/// The key travels into lists and logs as names do.
std::optional<BrokenRule> check_operation_key(const std::string& key) {
  const bool has_control = std::any_of(key.begin(), key.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
  });
  if (!has_control && model::characters(key) <= model::kNameMax) return std::nullopt;
  return BrokenRule{"operationKey",
                    "operationKey must not have more than " + std::to_string(model::kNameMax) +
                        " characters, nor control characters.",
                    BrokenRule::Kind::invalid};
}

Resource fresh_of(const Draft& draft, const core::Uuid& parent) {
  Resource fresh;
  fresh.kind = draft.kind;
  fresh.parent = parent;
  fresh.operation_key = draft.operation_key;
  fresh.values = draft.values;
  fresh.values.fields.resize(draft.kind->shape.fields.size());
  return fresh;
}

/// Whether two values of a kind say the same in all that a document can say.
bool are_same(const Kind& kind, const Object& left, const Object& right) {
  for (std::size_t i = 0; i < kind.shape.fields.size(); ++i) {
    const auto& rules = kind.shape.fields[i].rules;
    if (rules.read_only || rules.hidden || rules.ignored) continue;
    if (!(left.fields[i] == right.fields[i])) return false;
  }
  return true;
}

/// Whether `gone` is what the actor asks to delete once more. Members of an organisation learn
/// nothing of what others had; what was of none only system administrators could delete.
bool was_deleted(const store::Deleted* gone, const Kind& kind, const resource::Actor& actor) {
  if (gone == nullptr || gone->kind != kind.urn_kind) return false;
  if (actor.is_system_administrator || actor.user.is_nil()) return true;
  return !gone->organisation.is_nil() && gone->organisation == actor.organisation;
}

std::string with_article(std::string_view name) {
  const bool vowel = !name.empty() && std::string_view{"AEIO"}.find(name[0]) != std::string::npos;
  return std::string{vowel ? "an " : "a "}.append(name);
}

}  // namespace

Transaction::Transaction(const State& state, core::WallTime now)
    : state_(state), there_(*state.resources()) {
  occasion_.time = now;
}

Decision Transaction::finish(const core::Uuid& id) && {
  Decision decision;
  decision.outcome.id = id;
  if (warnings_.size() > kWarningsMax) warnings_.resize(kWarningsMax);
  decision.outcome.warnings = std::move(warnings_);
  decision.changes = std::move(changes_);
  decision.touched = std::move(touched_);
  decision.resources = std::move(there_);
  return decision;
}

// ---- Creating

Transaction::Done Transaction::run(const CreateResource& command) {
  occasion_.actor = command.actor;
  const Kind& kind = *command.draft.kind;
  if (!kind.parent.empty()) {
    const Resource* parent = there_.find(command.parent);
    if (parent == nullptr || parent->kind->urn_kind != kind.parent) {
      return core::Unexpected{no_such(kind.parent, command.parent)};
    }
  }
  return create(command.draft, kind.parent.empty() ? core::Uuid{} : command.parent, {});
}

Transaction::Done Transaction::create(const Draft& draft, const core::Uuid& parent,
                                      const std::string& place, bool with_consequences) {
  // The key comes before every other rule: what it made already is the answer "even if the rest
  // differs" (spec section 3.10).
  if (const Resource* made = there_.with_operation_key(*draft.kind, parent, draft.operation_key)) {
    return made->id;
  }
  Resource fresh = fresh_of(draft, parent);
  if (const auto already = rules_of(*draft.kind).already; already != nullptr) {
    if (const Resource* made = already(fresh, there_)) return made->id;
  }
  fresh.id = core::Uuid::random();
  if (auto refusal = judge_new(fresh, place)) return core::Unexpected{*std::move(refusal)};
  fresh.created = there_.last_created() + 1;
  const core::Uuid id = fresh.id;
  put(std::move(fresh), nullptr);
  if (auto refusal = create_nested(draft, id, place)) return core::Unexpected{*std::move(refusal)};
  if (with_consequences) {
    if (auto refusal = bring_about(there_.share(id), nullptr)) {
      return core::Unexpected{*std::move(refusal)};
    }
  }
  return id;
}

Transaction::Refusal Transaction::create_nested(const Draft& draft, const core::Uuid& made,
                                                const std::string& place) {
  const Kind* of = nullptr;
  std::size_t number = 0;
  for (const Draft& nested : draft.nested) {
    CORE_CHECK(nested.kind->parent == draft.kind->urn_kind);
    number = nested.kind == of ? number + 1 : 1;
    of = nested.kind;
    const std::string inner = joined(place, std::string{of->container}) + "/" +
                              std::string{of->shape.name} + "[" + std::to_string(number) + "]";
    if (auto created = create(nested, made, inner); !created) return std::move(created).error();
  }
  return std::nullopt;
}

Transaction::Refusal Transaction::judge_new(Resource& fresh, const std::string& place) {
  const Kind& kind = *fresh.kind;
  if (const auto complete = rules_of(kind).complete; complete != nullptr) {
    complete(fresh, there_, occasion_);
  }
  if (auto broken = check_operation_key(fresh.operation_key)) return violation(*broken, place);
  if (auto broken = resource::validate(kind.shape, fresh.values)) return violation(*broken, place);
  if (auto refusal = judge(fresh, nullptr, place)) return refusal;
  return make_room(fresh);
}

Transaction::Refusal Transaction::judge(const Resource& next, const Resource* before,
                                        const std::string& place) {
  if (const auto check = rules_of(*next.kind).check; check != nullptr) {
    std::vector<std::string> warnings;  // each document has its own bound
    if (auto broken = check(next, before, there_, occasion_, warnings)) {
      return violation(*broken, place);
    }
    for (std::string& warning : warnings) {
      if (warnings_.size() < kWarningsMax) warnings_.push_back(std::move(warning));
    }
  }
  return check_name(next, place);
}

Transaction::Refusal Transaction::check_name(const Resource& next, const std::string& place) const {
  const Kind& kind = *next.kind;
  if (kind.uniqueness == resource::Uniqueness::none) return std::nullopt;
  const std::string& name = next.text(kind.unique_field);
  const Resource* holder = name.empty() ? nullptr : there_.named(kind, next.parent, name);
  if (holder == nullptr || holder->id == next.id) return std::nullopt;
  const std::string field{kind.unique_field};
  return RuleViolation{RuleViolation::Kind::duplicate,
                       "There is already " + with_article(kind.shape.name) + " with the " + field +
                           " \"" + name + "\".",
                       joined(place, field)};
}

/// Among those of its organisation first: what fills it up is its own affair.
Transaction::Refusal Transaction::make_room(const Resource& fresh) {
  const Kind& kind = *fresh.kind;
  const std::size_t of_organisation = kind.count_max_of_organisation;
  const Resource* organisation = of_organisation == 0 ? nullptr : there_.organisation_of(fresh);
  if (organisation != nullptr && there_.count_of(organisation->id, kind) >= of_organisation) {
    auto refusal = make_room_among(
        there_.children(organisation->id, kind), kind,
        full("The organisation " + organisation->text("name"), kind, of_organisation));
    if (refusal) return refusal;
  }
  const auto& all = there_.all(kind);
  if (all.size() < kind.count_max) return std::nullopt;
  return make_room_among(all, kind, full("The registry", kind, kind.count_max));
}

/// Takes the oldest away that may go, or refuses.
Transaction::Refusal Transaction::make_room_among(const resource::Resources::List& all,
                                                  const Kind& kind, RuleViolation full) {
  if (!kind.oldest_makes_room) return full;
  const auto may = rules_of(kind).may_make_room;
  const auto oldest = std::find_if(
      all.begin(), all.end(), [&](const ResourcePtr& one) { return may == nullptr || may(*one); });
  if (oldest == all.end()) return full;
  const ResourcePtr gone = *oldest;
  remove(*gone);
  return std::nullopt;
}

Transaction::Refusal Transaction::bring_about(const ResourcePtr& next, const Resource* before) {
  const auto consequences = rules_of(*next->kind).consequences;
  if (consequences == nullptr) return std::nullopt;
  for (const auto& [draft, parent] : consequences(*next, before, there_, occasion_)) {
    if (auto created = create(draft, parent, {}, false); !created) {
      return std::move(created).error();
    }
  }
  return std::nullopt;
}

// ---- Changing

Transaction::Done Transaction::run(const ChangeResource& command) {
  occasion_.actor = command.actor;
  const Kind& kind = *command.kind;
  if (there_.find(kind, command.id) == nullptr) {
    return core::Unexpected{no_such(kind.shape.name, command.id)};
  }
  const ResourcePtr stored = there_.share(command.id);
  if (auto refusal = change_values(stored, command.amendment.values)) {
    return core::Unexpected{*std::move(refusal)};
  }
  for (const auto& replacement : command.amendment.replaced) {
    if (auto refusal = replace(command.id, replacement)) {
      return core::Unexpected{*std::move(refusal)};
    }
  }
  return command.id;
}

Transaction::Refusal Transaction::change_values(const ResourcePtr& stored, const Object& given) {
  const Kind& kind = *stored->kind;
  if (auto broken = resource::validate_change(kind.shape, stored->values, given)) {
    return violation(*broken);
  }
  Resource next = *stored;
  next.values.fields.resize(kind.shape.fields.size());
  for (std::size_t i = 0; i < given.fields.size(); ++i) {
    if (given.fields[i].is_set()) next.values.fields[i] = given.fields[i];
  }
  if (const auto amend = rules_of(kind).amend; amend != nullptr) {
    amend(next, *stored, there_, occasion_);
  }
  if (auto refusal = judge(next, stored.get(), {})) return refusal;
  if (next.values == stored->values) return std::nullopt;
  put(std::move(next), stored);
  return bring_about(there_.share(stored->id), stored.get());
}

/// What is in the container takes the place of all of its kind; what is there already stays.
Transaction::Refusal Transaction::replace(const core::Uuid& parent,
                                          const resource::Amendment::Replacement& replacement) {
  const Kind& kind = *replacement.kind;
  const auto& children = there_.children(parent, kind);
  std::vector<ResourcePtr> old{children.begin(), children.end()};
  std::vector<bool> kept(replacement.drafts.size());
  for (std::size_t i = 0; i < replacement.drafts.size(); ++i) {
    const Resource wanted = completed(replacement.drafts[i], parent);
    const auto same = std::find_if(old.begin(), old.end(), [&](const ResourcePtr& one) {
      return is_same(*one, wanted, replacement.drafts[i]);
    });
    if (same == old.end()) continue;
    kept[i] = true;
    old.erase(same);
  }
  for (const ResourcePtr& gone : old) {
    const auto check = rules_of(kind).check_removal;
    if (check != nullptr) {
      if (auto broken = check(*gone, there_))
        return violation(*broken, std::string{kind.container});
    }
    remove(*gone);
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i]) continue;
    const std::string place = std::string{kind.container} + "/" + std::string{kind.shape.name} +
                              "[" + std::to_string(i + 1) + "]";
    if (auto created = create(replacement.drafts[i], parent, place); !created) {
      return std::move(created).error();
    }
  }
  return std::nullopt;
}

/// A draft as it would be made. It costs too much to be asked for again beside each that is there.
Resource Transaction::completed(const Draft& draft, const core::Uuid& parent) const {
  Resource fresh = fresh_of(draft, parent);
  if (const auto complete = rules_of(*draft.kind).complete; complete != nullptr) {
    complete(fresh, there_, occasion_);
  }
  return fresh;
}

/// Whether a draft says what is there already, with all that is in it.
bool Transaction::is_same(const Resource& stored, const Resource& wanted,
                          const Draft& draft) const {
  return stored.operation_key == draft.operation_key &&
         are_same(*draft.kind, wanted.values, stored.values) && has_same_parts(stored, draft);
}

bool Transaction::has_same_parts(const Resource& stored, const Draft& draft) const {
  std::vector<ResourcePtr> parts = there_.children(stored.id);
  std::erase_if(parts, [](const ResourcePtr& part) { return part->kind->container.empty(); });
  if (parts.size() != draft.nested.size()) return false;
  for (const Draft& nested : draft.nested) {
    const Resource wanted = completed(nested, stored.id);
    const auto same = std::find_if(parts.begin(), parts.end(), [&](const ResourcePtr& part) {
      return part->kind == nested.kind && is_same(*part, wanted, nested);
    });
    if (same == parts.end()) return false;
    parts.erase(same);
  }
  return true;
}

// ---- Deleting

Transaction::Done Transaction::run(const DeleteResource& command) {
  occasion_.actor = command.actor;
  const Kind& kind = *command.kind;
  const Resource* found = there_.find(kind, command.id);
  if (found == nullptr) {
    if (was_deleted(state_.deleted(command.id), kind, command.actor)) return command.id;
    return core::Unexpected{no_such(kind.shape.name, command.id)};
  }
  if (const auto check = rules_of(kind).check_removal; check != nullptr) {
    if (auto broken = check(*found, there_)) return core::Unexpected{violation(*broken)};
  }
  remove(*found);
  return command.id;
}

// ---- What comes of it

void Transaction::put(Resource next, const ResourcePtr& before) {
  const auto shared = std::make_shared<const Resource>(std::move(next));
  there_ = there_.with(shared);
  changes_.emplace_back(store::PutResource{shared});
  touch(before, shared);
}

/// With all below it. What had an operationKey is remembered for as long as the key may be used
/// again.
void Transaction::remove(const Resource& gone) {
  const core::Uuid root = gone.id;
  std::vector<ResourcePtr> all = there_.below(root);
  all.push_back(there_.share(root));
  changes_.emplace_back(store::RemoveResource{root});
  for (const ResourcePtr& one : all) {
    if (!one->operation_key.empty()) {
      const Resource* home = there_.organisation_of(*one);
      changes_.emplace_back(store::RememberDeleted{
          {one->id, std::string{one->kind->urn_kind}, home == nullptr ? core::Uuid{} : home->id}});
    }
    there_ = there_.without(one->id);
    touch(one, nullptr);
  }
}

void Transaction::touch(const ResourcePtr& before, const ResourcePtr& after) {
  changes_.emplace_back(store::AppendAudit{audit_entry(before.get(), after.get(), occasion_),
                                           is_tenant(occasion_.actor, there_)});
  touched_.push_back({before, after});
}

}  // namespace registry::service
