#include "http/document/members.h"

#include <algorithm>
#include <array>

#include "http/document/near_name.h"
#include "http/document/spelling.h"

namespace http::document {

using registry::resource::Space;
using representation::Format;
using representation::Namespace;
using representation::uri_of;

Members::Members(const Item& item, Format format, Faults& faults)
    : item_(item), format_(format), faults_(faults), taken_(item.given->members.size(), false) {
  const bool structure = item.given->kind == Given::Kind::structure;
  const bool element =
      item.given->kind == Given::Kind::element && trimmed(item.given->text).empty();
  if (!structure && !element) faults_.add(item.path, "text where elements are expected");
}

std::string Members::path_of(std::string_view name) const {
  return item_.path + "/" + spelled(name, format_);
}

bool Members::matches(const Given& member, const ElementName& name) const {
  if (member.name != spelled(name.name, format_)) return false;
  if (format_ == Format::json) return true;
  if (member.is_attribute) return false;
  if (member.space == uri_of(namespace_of(name.space))) return true;
  // No namespace at all is the guide's own spelling of Description.
  return name.any_space && (member.space.empty() || member.space == uri_of(Namespace::vcloud) ||
                            member.space == uri_of(Namespace::vmext));
}

std::optional<std::string_view> Members::attribute(std::string_view name) {
  if (format_ == Format::json) {
    const auto member = element({name, Space::vmext, false});
    return member ? text_of(*member) : std::nullopt;
  }
  known_attributes_.push_back(name);
  for (const Given& member : item_.given->members) {
    if (member.is_attribute && member.space.empty() && member.name == name) return member.text;
  }
  return std::nullopt;
}

std::optional<Item> Members::element(const ElementName& name) {
  known_.push_back(name);
  const Given* found = nullptr;
  for (std::size_t i = 0; i < item_.given->members.size(); ++i) {
    const Given& member = item_.given->members[i];
    if (!matches(member, name)) continue;
    if (found != nullptr) faults_.add(path_of(name.name), "given twice");
    found = &member;
    taken_[i] = true;
  }
  if (found == nullptr || found->kind == Given::Kind::nothing) return std::nullopt;
  return Item{found, path_of(name.name)};
}

std::vector<Item> Members::elements(const ElementName& name) {
  known_.push_back(name);
  std::vector<Item> items;
  const auto add = [&](const Given& given) {
    items.push_back({&given, path_of(name.name) + "[" + std::to_string(items.size() + 1) + "]"});
  };
  for (std::size_t i = 0; i < item_.given->members.size(); ++i) {
    const Given& member = item_.given->members[i];
    if (!matches(member, name)) continue;
    taken_[i] = true;
    if (member.kind == Given::Kind::array) {
      for (const Given& each : member.members) add(each);
    } else if (member.kind != Given::Kind::nothing) {
      add(member);
    }
  }
  return items;
}

std::optional<std::vector<Item>> Members::list(const ElementName& container,
                                               const ElementName& item) {
  const auto given = element(container);
  if (!given) return std::nullopt;
  if (given->given->kind == Given::Kind::array) {
    std::vector<Item> items;
    for (const Given& each : given->given->members) {
      items.push_back({&each, given->path + "[" + std::to_string(items.size() + 1) + "]"});
    }
    return items;
  }
  Members inner{*given, format_, faults_};
  auto items = inner.elements(item);
  inner.finish();
  return items;
}

void Members::skip(const ElementName& name) {
  known_.push_back(name);
  for (std::size_t i = 0; i < item_.given->members.size(); ++i) {
    if (matches(item_.given->members[i], name)) taken_[i] = true;
  }
}

std::optional<std::string_view> Members::text_of(const Item& item) {
  const auto& members = item.given->members;
  const bool has_elements = std::any_of(members.begin(), members.end(),
                                        [](const Given& inner) { return !inner.is_attribute; });
  const bool text =
      item.given->kind == Given::Kind::text || item.given->kind == Given::Kind::element;
  if (text && !has_elements) return item.given->text;
  faults_.add(item.path, "elements where text is expected");
  return std::nullopt;
}

bool Members::is_ignored(const Given& member) const {
  if (member.is_attribute) return true;
  if (format_ == Format::json) {
    constexpr std::array<std::string_view, 9> kServerSide{
        "otherAttributes", "link",  "href", "type", "id", "tasks",
        "vCloudExtension", "_type", "any"};
    return std::find(kServerSide.begin(), kServerSide.end(), member.name) != kServerSide.end();
  }
  constexpr std::array<std::string_view, 3> kServerSide{"Link", "Tasks", "VCloudExtension"};
  return member.space == uri_of(Namespace::vcloud) &&
         std::find(kServerSide.begin(), kServerSide.end(), member.name) != kServerSide.end();
}

std::string Members::hint(const Given& member) const {
  if (format_ == Format::xml) {
    for (const ElementName& each : known_) {
      if (each.name != member.name) continue;
      return "; it must be in the namespace " + std::string{uri_of(namespace_of(each.space))};
    }
    for (const std::string_view each : known_attributes_) {
      if (each == member.name) return "; it must be an attribute";
    }
  }
  std::vector<std::string> spelt;
  for (const ElementName& each : known_) spelt.push_back(spelled(each.name, format_));
  const std::vector<std::string_view> names{spelt.begin(), spelt.end()};
  const std::string_view near = near_name(member.name, names);
  return near.empty() ? std::string{} : "; did you mean " + std::string{near} + "?";
}

void Members::finish() {
  for (std::size_t i = 0; i < item_.given->members.size(); ++i) {
    const Given& member = item_.given->members[i];
    if (taken_[i] || is_ignored(member)) continue;
    faults_.add(item_.path + "/" + std::string{member.name}, "is not known here" + hint(member));
    return;
  }
}

}  // namespace http::document
