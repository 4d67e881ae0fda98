#include "amqp/access/snapshot.h"

#include <algorithm>
#include <utility>

namespace amqp::access {
namespace {

template <typename Map>
auto find_in(const Map& map, std::string_view vhost, std::string_view user) {
  return map.find(Snapshot::Key{vhost, user});
}

}  // namespace

std::string_view name_of(Right right) {
  switch (right) {
    case Right::configure:
      return "configure";
    case Right::write:
      return "write";
    case Right::read:
      break;
  }
  return "read";
}

const User* Snapshot::user(std::string_view name) const {
  const auto found = users.find(name);
  return found == users.end() ? nullptr : found->second.get();
}

const Grant* Snapshot::grant(std::string_view vhost, std::string_view user) const {
  const auto found = find_in(grants, vhost, user);
  return found == grants.end() ? nullptr : found->second.get();
}

const Snapshot::Topics* Snapshot::topics_of(std::string_view vhost, std::string_view user) const {
  const auto found = find_in(topics, vhost, user);
  return found == topics.end() ? nullptr : &found->second;
}

core::Result<Grant, std::string> make_grant(catalog::Permission permission) {
  auto configure = Pattern::compile(permission.configure);
  if (!configure) return core::Unexpected{"configure: " + configure.error()};
  auto write = Pattern::compile(permission.write);
  if (!write) return core::Unexpected{"write: " + write.error()};
  auto read = Pattern::compile(permission.read);
  if (!read) return core::Unexpected{"read: " + read.error()};
  return Grant{std::move(permission), *std::move(configure), *std::move(write), *std::move(read)};
}

core::Result<TopicGrant, std::string> make_topic_grant(catalog::TopicPermission permission) {
  const auto compile = [&](const std::string& text) {
    return Pattern::compile(expand(text, permission.user, permission.vhost));
  };
  auto write = compile(permission.write);
  if (!write) return core::Unexpected{"write: " + write.error()};
  auto read = compile(permission.read);
  if (!read) return core::Unexpected{"read: " + read.error()};
  return TopicGrant{std::move(permission), *std::move(write), *std::move(read)};
}

Snapshot make_snapshot(const catalog::Contents& contents) {
  Snapshot snapshot;
  snapshot.revision = 1;
  for (const catalog::Vhost& vhost : contents.vhosts) snapshot.vhosts.insert(vhost.name);
  for (const catalog::User& user : contents.users) {
    snapshot.users.insert_or_assign(
        user.name,
        std::make_shared<const User>(User{user.name, user.password_hash, split_tags(user.tags)}));
  }
  for (const catalog::Permission& permission : contents.permissions) {
    auto grant = make_grant(permission);
    if (!grant) grant = Grant{permission, {}, {}, {}};
    snapshot.grants.insert_or_assign({permission.vhost, permission.user},
                                     std::make_shared<const Grant>(*std::move(grant)));
  }
  for (const catalog::TopicPermission& permission : contents.topic_permissions) {
    auto grant = make_topic_grant(permission);
    if (!grant) grant = TopicGrant{permission, {}, {}};
    Snapshot::Topics& of_user = snapshot.topics[{permission.vhost, permission.user}];
    of_user.insert_or_assign(permission.exchange,
                             std::make_shared<const TopicGrant>(*std::move(grant)));
    ++snapshot.topic_count;
  }
  return snapshot;
}

std::string join_tags(const std::vector<std::string>& tags) {
  std::string text;
  for (const std::string& tag : tags) {
    if (!text.empty()) text.push_back(',');
    text.append(tag);
  }
  return text;
}

std::vector<std::string> split_tags(std::string_view text) {
  std::vector<std::string> tags;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    std::string_view tag = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
    while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
    if (!tag.empty()) tags.emplace_back(tag);
  }
  return tags;
}

}  // namespace amqp::access
