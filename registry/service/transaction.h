#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/resource/resources.h"
#include "registry/resource/rules.h"
#include "registry/service/decide.h"
#include "registry/service/registry.h"
#include "registry/service/state.h"

namespace registry::service {

/// Commands about resources on their way to becoming true: each sees what those before it did, and
/// `finish` gives all of it as one decision.
///
/// What it makes is judged in this order: an operationKey that is in use, and a resource that it
/// stands for, end the matter; the rules complete it; then its description, its rules, its name
/// among those that are there, and the bounds.
class Transaction {
 public:
  Transaction(const State& state, core::WallTime now);

  /// The id of what the command is about, or why it is refused.
  using Done = core::Result<core::Uuid, RuleViolation>;
  [[nodiscard]] Done run(const CreateResource& command);
  [[nodiscard]] Done run(const ChangeResource& command);
  [[nodiscard]] Done run(const DeleteResource& command);

  [[nodiscard]] Decision finish(const core::Uuid& id) &&;

 private:
  using Refusal = std::optional<RuleViolation>;

  // Nested drafts: where they stand in the document, to be put before a path.
  [[nodiscard]] Done create(const resource::Draft& draft, const core::Uuid& parent,
                            const std::string& place, bool with_consequences = true);
  [[nodiscard]] Refusal create_nested(const resource::Draft& draft, const core::Uuid& made,
                                      const std::string& place);
  [[nodiscard]] Refusal judge_new(resource::Resource& fresh, const std::string& place);
  [[nodiscard]] Refusal judge(const resource::Resource& next, const resource::Resource* before,
                              const std::string& place);
  [[nodiscard]] Refusal check_name(const resource::Resource& next, const std::string& place) const;
  [[nodiscard]] Refusal make_room(const resource::Resource& fresh);
  [[nodiscard]] Refusal make_room_among(const resource::Resources::List& all,
                                        const resource::Kind& kind, RuleViolation full);
  [[nodiscard]] Refusal bring_about(const resource::ResourcePtr& next,
                                    const resource::Resource* before);

  [[nodiscard]] Refusal change_values(const resource::ResourcePtr& stored,
                                      const resource::Object& given);
  [[nodiscard]] Refusal replace(const core::Uuid& parent,
                                const resource::Amendment::Replacement& replacement);
  [[nodiscard]] resource::Resource completed(const resource::Draft& draft,
                                             const core::Uuid& parent) const;
  [[nodiscard]] bool is_same(const resource::Resource& stored, const resource::Resource& wanted,
                             const resource::Draft& draft) const;
  [[nodiscard]] bool has_same_parts(const resource::Resource& stored,
                                    const resource::Draft& draft) const;

  void put(resource::Resource next, const resource::ResourcePtr& before);
  void remove(const resource::Resource& gone);
  void touch(const resource::ResourcePtr& before, const resource::ResourcePtr& after);

  const State& state_;
  resource::Resources there_;
  resource::Occasion occasion_;
  std::vector<std::string> warnings_;
  std::vector<store::Change> changes_;
  std::vector<ResourceChange> touched_;
};

}  // namespace registry::service
