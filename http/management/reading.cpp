#include "http/management/reading.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json/value.h"

namespace http::management {
namespace {

using core::json::Document;
using core::json::Value;

constexpr core::json::Limits kLimits{.size_octets_max = 64 * 1024, .depth_max = 8};

Read<Document> read_body(const Call& call) {
  auto document = Document::parse(call.request->body.text(), kLimits);
  if (!document) return core::Unexpected{"not JSON: " + document.error().reason};
  if (!document->root().is_object()) return core::Unexpected{std::string{"not a JSON object"}};
  return *std::move(document);
}

/// A member that must be there, and text.
Read<std::string> text_of(const Value& object, std::string_view name) {
  const auto text = object.find(name).string();
  if (!text) return core::Unexpected{"key_missing: " + std::string{name}};
  return std::string{*text};
}

/// Takes texts out of an object one after the other, and keeps what is missing first.
class Texts {
 public:
  explicit Texts(const Value& object) : object_(object) {}

  std::string operator()(std::string_view name) {
    auto text = text_of(object_, name);
    if (text) return *std::move(text);
    if (!missing_) missing_ = text.error();
    return {};
  }
  [[nodiscard]] const std::optional<std::string>& missing() const { return missing_; }

 private:
  const Value& object_;
  std::optional<std::string> missing_;
};

std::optional<std::string> optional_text(const Value& value) {
  const auto text = value.string();
  return text ? std::optional{std::string{*text}} : std::nullopt;
}

/// Tags separated by commas, or as an array; nullopt for anything else.
std::optional<std::vector<std::string>> read_tags(const Value& value) {
  std::vector<std::string> tags;
  if (auto text = value.string()) {
    while (!text->empty()) {
      const std::size_t end = std::min(text->find(','), text->size());
      std::string_view tag = text->substr(0, end);
      text->remove_prefix(std::min(end + 1, text->size()));
      while (tag.starts_with(' ')) tag.remove_prefix(1);
      while (tag.ends_with(' ')) tag.remove_suffix(1);
      if (!tag.empty()) tags.emplace_back(tag);
    }
    return tags;
  }
  if (!value.is_array()) return std::nullopt;
  for (const Value element : value.elements()) {
    const auto tag = element.string();
    if (!tag) return std::nullopt;
    tags.emplace_back(*tag);
  }
  return tags;
}

}  // namespace

Read<port::PutUser> read_user(const Call& call) {
  const auto body = read_body(call);
  if (!body) return core::Unexpected{body.error()};
  const Value root = body->root();
  auto tags = read_tags(root.find("tags"));
  if (!tags) return core::Unexpected{std::string{"key_missing: tags"}};
  port::PutUser user;
  user.name = call.name(1);
  user.tags = *std::move(tags);
  user.password = optional_text(root.find("password"));
  user.password_hash = optional_text(root.find("password_hash"));
  if (user.password && user.password_hash) {
    return core::Unexpected{std::string{"both password and password_hash are given"}};
  }
  return user;
}

Read<port::PutPermission> read_permission(const Call& call) {
  const auto body = read_body(call);
  if (!body) return core::Unexpected{body.error()};
  const Value root = body->root();
  Texts text{root};
  port::PutPermission permission{call.name(1), call.name(2), text("configure"), text("write"),
                                 text("read")};
  if (text.missing()) return core::Unexpected{*text.missing()};
  return permission;
}

Read<port::PutTopicPermission> read_topic_permission(const Call& call) {
  const auto body = read_body(call);
  if (!body) return core::Unexpected{body.error()};
  const Value root = body->root();
  Texts text{root};
  port::PutTopicPermission permission{call.name(1), call.name(2), text("exchange"), text("write"),
                                      text("read")};
  if (text.missing()) return core::Unexpected{*text.missing()};
  return permission;
}

}  // namespace http::management
