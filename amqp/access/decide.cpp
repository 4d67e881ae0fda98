#include "amqp/access/decide.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"
#include "core/memory/buffer.h"

namespace amqp::access {
namespace {

using Kind = port::AdminRefusal::Kind;
using Decision = core::Result<Decided, port::AdminRefusal>;
using Checked = core::Result<void, port::AdminRefusal>;

constexpr std::string_view kDefaultVhost = "/";
constexpr std::string_view kSystem = "@system";  // users of the registry
constexpr std::size_t kImportedOctets = 36;      // salt 4, SHA-256 32

core::Unexpected<port::AdminRefusal> refuse(std::string text, Kind kind = Kind::invalid) {
  return core::Unexpected{port::AdminRefusal{kind, std::move(text)}};
}

core::Unexpected<port::AdminRefusal> not_found(std::string_view what) {
  return refuse(std::string{what} + " is not there", Kind::not_found);
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

Checked check_name(std::string_view what, std::string_view name) {
  const std::string said{what};
  if (name.empty()) return refuse(said + " is empty");
  if (name.size() > kNameOctetsMax) return refuse(said + " is longer than 255 octets");
  if (!core::is_utf8(name) || has_control(name)) return refuse(said + " is not plain UTF-8 text");
  return {};
}

bool ends_in_system(std::string_view name) {
  if (name.size() < kSystem.size()) return false;
  const std::string_view end = name.substr(name.size() - kSystem.size());
  return std::equal(end.begin(), end.end(), kSystem.begin(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

Checked check_tags(const std::vector<std::string>& tags) {
  if (tags.size() > kTagsMax) return refuse("more than 16 tags");
  for (const std::string& tag : tags) {
    if (auto checked = check_name("a tag", tag); !checked) return checked;
    if (tag.find(',') != std::string::npos) return refuse("a tag has a comma");
  }
  return {};
}

Checked check_pattern_sizes(std::initializer_list<std::string_view> patterns) {
  for (const std::string_view pattern : patterns) {
    if (pattern.size() > kPatternOctetsMax) return refuse("a pattern is longer than 1024 octets");
  }
  return {};
}

Checked check_ends(const Snapshot& now, const std::string& vhost, const std::string& user) {
  if (!now.vhosts.contains(vhost)) return refuse("vhost '" + vhost + "' does not exist");
  if (now.user(user) == nullptr) return refuse("user '" + user + "' does not exist");
  return {};
}

template <typename Map>
port::Changed put(Map& map, typename Map::key_type key, typename Map::mapped_type value) {
  const bool added = map.insert_or_assign(std::move(key), std::move(value)).second;
  return added ? port::Changed::created : port::Changed::replaced;
}

void drop_topics(Snapshot& snapshot, const Snapshot::Key& key) {
  const auto found = snapshot.topics.find(key);
  if (found == snapshot.topics.end()) return;
  snapshot.topic_count -= found->second.size();
  snapshot.topics.erase(found);
}

/// All permissions whose key is `gone`.
template <typename Gone>
void drop_permissions(Snapshot& snapshot, Gone gone) {
  std::erase_if(snapshot.grants, [&](const auto& entry) { return gone(entry.first); });
  std::vector<Snapshot::Key> keys;
  for (const auto& [key, topics] : snapshot.topics) {
    if (gone(key)) keys.push_back(key);
  }
  for (const Snapshot::Key& key : keys) drop_topics(snapshot, key);
}

/// Takes the command into `decided`, which begins as what there is.
class Deciding {
 public:
  explicit Deciding(const Snapshot& now) : now_(now) { decided_.next = now; }

  Decision operator()(const port::PutVhost& command) {
    if (auto checked = check_name("the vhost's name", command.name); !checked) {
      return core::Unexpected{checked.error()};
    }
    if (now_.vhosts.contains(command.name)) return done(port::Changed::replaced);
    if (now_.vhosts.size() >= kVhostsMax) return refuse("there are too many vhosts");
    decided_.next.vhosts.insert(command.name);
    change(catalog::PutVhost{{command.name, {}}});
    return done(port::Changed::created);
  }

  Decision operator()(const port::DeleteVhost& command) {
    if (!now_.vhosts.contains(command.name)) return not_found("the vhost");
    if (command.name == kDefaultVhost) return refuse("the vhost '/' is the gateway's and stays");
    decided_.next.vhosts.erase(command.name);
    drop_permissions(decided_.next, [&](const auto& key) { return key.first == command.name; });
    change(catalog::RemoveVhost{command.name});
    return done(port::Changed::removed);
  }

  Decision operator()(const SetUser& command) {
    if (auto checked = check_name("the user's name", command.name); !checked) {
      return core::Unexpected{checked.error()};
    }
    if (ends_in_system(command.name)) return refuse("names that end in @System are the registry's");
    if (auto checked = check_tags(command.tags); !checked) {
      return core::Unexpected{checked.error()};
    }
    if (now_.users.size() >= kUsersMax && now_.user(command.name) == nullptr) {
      return refuse("there are too many users");
    }
    change(catalog::PutUser{{command.name, command.password_hash, join_tags(command.tags)}});
    return done(
        put(decided_.next.users, command.name,
            std::make_shared<const User>(User{command.name, command.password_hash, command.tags})));
  }

  Decision operator()(const port::DeleteUser& command) {
    if (now_.user(command.name) == nullptr) return not_found("the user");
    decided_.next.users.erase(command.name);
    drop_permissions(decided_.next, [&](const auto& key) { return key.second == command.name; });
    change(catalog::RemoveUser{command.name});
    return done(port::Changed::removed);
  }

  Decision operator()(const port::PutPermission& command) {
    if (auto checked = check_pattern_sizes({command.configure, command.write, command.read});
        !checked) {
      return core::Unexpected{checked.error()};
    }
    if (auto checked = check_ends(now_, command.vhost, command.user); !checked) {
      return core::Unexpected{checked.error()};
    }
    if (now_.grants.size() >= kPermissionsMax && !now_.grant(command.vhost, command.user)) {
      return refuse("there are too many permissions");
    }
    const catalog::Permission permission{command.vhost, command.user, command.configure,
                                         command.write, command.read};
    auto grant = make_grant(permission);
    if (!grant) return refuse("not a regular expression: " + grant.error());
    change(catalog::PutPermission{permission});
    return done(put(decided_.next.grants, {command.vhost, command.user},
                    std::make_shared<const Grant>(*std::move(grant))));
  }

  Decision operator()(const port::DeletePermission& command) {
    if (decided_.next.grants.erase({command.vhost, command.user}) == 0) {
      return not_found("the permission");
    }
    change(catalog::RemovePermission{command.vhost, command.user});
    return done(port::Changed::removed);
  }

  Decision operator()(const port::PutTopicPermission& command) {
    if (auto checked = check_pattern_sizes({command.write, command.read}); !checked) {
      return core::Unexpected{checked.error()};
    }
    if (command.exchange.size() > kNameOctetsMax) return refuse("the exchange's name is too long");
    if (auto checked = check_ends(now_, command.vhost, command.user); !checked) {
      return core::Unexpected{checked.error()};
    }
    if (now_.topic_count >= kTopicPermissionsMax) return refuse("there are too many permissions");
    const catalog::TopicPermission permission{command.vhost, command.user, command.exchange,
                                              command.write, command.read};
    auto grant = make_topic_grant(permission);
    if (!grant) return refuse("not a regular expression: " + grant.error());
    const port::Changed changed =
        put(decided_.next.topics[{command.vhost, command.user}], command.exchange,
            std::make_shared<const TopicGrant>(*std::move(grant)));
    if (changed == port::Changed::created) ++decided_.next.topic_count;
    change(catalog::PutTopicPermission{permission});
    return done(changed);
  }

  Decision operator()(const port::DeleteTopicPermission& command) {
    const Snapshot::Key key{command.vhost, command.user};
    const auto found = decided_.next.topics.find(key);
    if (found == decided_.next.topics.end()) return not_found("the topic permission");
    if (command.exchange) {
      if (found->second.erase(*command.exchange) == 0) return not_found("the topic permission");
      --decided_.next.topic_count;
    }
    if (!command.exchange || found->second.empty()) drop_topics(decided_.next, key);
    remove_topics(command, now_.topics.at(key));
    return done(port::Changed::removed);
  }

 private:
  template <typename Change>
  void change(Change what) {
    decided_.changes.emplace_back(std::move(what));
  }
  /// The catalog takes the empty name for all exchanges, and here it is one: so it is named last,
  /// and the others are put back.
  void remove_topics(const port::DeleteTopicPermission& command, const Snapshot::Topics& before) {
    change(catalog::RemoveTopicPermission{command.vhost, command.user,
                                          command.exchange.value_or(std::string{})});
    if (!command.exchange || !command.exchange->empty()) return;
    for (const auto& [exchange, grant] : before) {
      if (!exchange.empty()) change(catalog::PutTopicPermission{grant->permission});
    }
  }
  Decision done(port::Changed changed) {
    ++decided_.next.revision;
    decided_.changed = changed;
    return std::move(decided_);
  }

  const Snapshot& now_;
  Decided decided_;
};

}  // namespace

core::Result<Decided, port::AdminRefusal> decide(const Snapshot& now, const Command& command) {
  Deciding deciding{now};
  return std::visit(deciding, command);
}

std::optional<std::string> import_hash(std::string_view base64) {
  if (base64.empty()) return std::string{};
  core::Buffer octets;
  if (!core::decode_base64(base64, core::Base64::strict, octets)) return std::nullopt;
  if (octets.size() != kImportedOctets) return std::nullopt;
  return std::string{kImportedHash}.append(base64);
}

}  // namespace amqp::access
