#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "registry/access/caller.h"
#include "registry/model/model.h"

namespace registry::service {

/// Who there is: made of the resources of the kinds org, user and role. Copies share everything,
/// and a change costs what it touches, however many users there are. Look-ups give null when there
/// is nobody.
class Directory {
 public:
  using Organisations = core::SharedMap<std::uint64_t, model::Organisation>;
  using Users = core::SharedMap<std::uint64_t, model::User>;
  using Rights = std::vector<core::Uuid>;

  [[nodiscard]] const Organisations& organisations() const {
    return organisations_;
  }                                                            ///< As they were added.
  [[nodiscard]] const Users& users() const { return users_; }  ///< Likewise.

  [[nodiscard]] const model::Organisation* organisation(const core::Uuid& id) const;
  /// Without regard to case.
  [[nodiscard]] const model::Organisation* organisation_named(std::string_view name) const;
  [[nodiscard]] const model::User* user(const core::Uuid& id) const;
  [[nodiscard]] const model::User* user_named(const core::Uuid& organisation,
                                              std::string_view name) const;
  /// What a user who is here may do, and as whom.
  [[nodiscard]] access::Caller caller_of(const model::User& user) const;
  /// Whether a user may log in: he and his organisation are there and enabled.
  [[nodiscard]] bool admits(const core::Uuid& user) const;

  // Adds, or replaces what has the same id.
  void put(const model::Organisation& organisation);
  void put(const model::User& user);
  void put_role(const core::Uuid& role, Rights rights);
  void remove(const core::Uuid& id);  ///< Whatever it is.

 private:
  using Places = core::SharedMap<core::Uuid, std::uint64_t>;
  using UserName = std::pair<core::Uuid, std::string>;  // of the organisation

  std::uint64_t place_for(const core::Uuid& id);

  Organisations organisations_;
  Users users_;
  Places places_;  // of organisations and users in the maps above
  core::SharedMap<std::string, std::uint64_t> organisation_names_;  // model::name_key
  core::SharedMap<UserName, std::uint64_t> user_names_;
  core::SharedMap<core::Uuid, Rights> roles_;
  std::uint64_t last_place_ = 0;
};

}  // namespace registry::service
