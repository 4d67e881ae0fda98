#include "http/vcloud/object_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace http::vcloud {

using representation::Format;
using representation::uri_of;

std::string spelled(std::string_view name, Format format) {
  std::string result{name};
  const bool json = format == Format::json;
  if (json && !result.empty() && result[0] >= 'A' && result[0] <= 'Z') {
    result[0] = static_cast<char>(result[0] - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

ObjectReader::ObjectReader(const Given& object, std::string path, Format format, Faults& faults)
    : object_(object),
      path_(std::move(path)),
      format_(format),
      faults_(faults),
      taken_(object.members.size(), false) {
  const bool structure = object.kind == Given::Kind::structure;
  const bool element = object.kind == Given::Kind::element && trimmed(object.text).empty();
  if (!structure && !element) {
    faults_.add(path_, "text where elements are expected");
  }
}

std::string ObjectReader::path_of(std::string_view name) const {
  return path_ + "/" + spelled(name, format_);
}

bool ObjectReader::is_called(const Given& member, std::string_view name) const {
  return member.name == spelled(name, format_);
}

bool ObjectReader::is_in(const Given& member, std::initializer_list<Namespace> spaces) const {
  if (format_ == Format::json) return true;
  return !member.is_attribute && std::any_of(spaces.begin(), spaces.end(), [&](Namespace space) {
    return uri_of(space) == member.space;
  });
}

const Given* ObjectReader::take(std::initializer_list<Namespace> spaces, std::string_view name) {
  const Given* found = nullptr;
  for (std::size_t i = 0; i < object_.members.size(); ++i) {
    const Given& member = object_.members[i];
    if (!is_called(member, name) || !is_in(member, spaces)) continue;
    if (found != nullptr) fault(name, "given twice");
    found = &member;
    taken_[i] = true;
  }
  const bool null = found != nullptr && found->kind == Given::Kind::nothing;
  return null ? nullptr : found;
}

std::optional<std::string> ObjectReader::attribute(std::string_view name) {
  if (format_ == Format::json) return text_in({}, name);
  for (const Given& member : object_.members) {
    if (member.is_attribute && member.space.empty() && member.name == name) {
      return std::string{member.text};
    }
  }
  return std::nullopt;
}

std::optional<std::string> ObjectReader::text_in(std::initializer_list<Namespace> spaces,
                                                 std::string_view name) {
  return text_of(take(spaces, name), name);
}

std::optional<std::string> ObjectReader::text_of(const Given* member, std::string_view name) {
  if (member == nullptr) return std::nullopt;
  const bool has_elements = std::any_of(member->members.begin(), member->members.end(),
                                        [](const Given& inner) { return !inner.is_attribute; });
  const bool text = member->kind == Given::Kind::text || member->kind == Given::Kind::element;
  if (!text || has_elements) {
    fault(name, "elements where text is expected");
    return std::nullopt;
  }
  return std::string{member->text};
}

std::optional<std::string> ObjectReader::description() {
  constexpr std::string_view kName = "Description";
  // No namespace at all is the guide's own spelling, which is why this is not text_in.
  for (std::size_t i = 0; i < object_.members.size(); ++i) {
    const Given& member = object_.members[i];
    if (format_ == Format::xml && !member.is_attribute && member.space.empty() &&
        member.name == kName) {
      taken_[i] = true;
      return text_of(&member, kName);
    }
  }
  return text_in({Namespace::vcloud, Namespace::vmext}, kName);
}

std::optional<bool> ObjectReader::boolean(std::string_view name) {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const std::string_view value = trimmed(*given);
  if (value == "true" || value == "1") return true;
  if (value == "false" || value == "0") return false;
  fault(name, "is to be true or false");
  return std::nullopt;
}

std::optional<std::int64_t> ObjectReader::integer(Namespace space, std::string_view name) {
  const auto given = text_in({space}, name);
  if (!given) return std::nullopt;
  const std::string_view value = trimmed(*given);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (!value.empty() && error == std::errc{} && end == value.data() + value.size()) return number;
  fault(name, "is to be an integer");
  return std::nullopt;
}

std::optional<std::vector<ObjectReader::Item>> ObjectReader::list(std::string_view container,
                                                                  std::string_view item) {
  const Given* given = take({Namespace::vmext}, container);
  if (given == nullptr) return std::nullopt;
  const std::string path = path_of(container);
  if (given->kind == Given::Kind::array) {
    std::vector<Item> items;
    for (const Given& element : given->members) {
      items.push_back({&element, path + "[" + std::to_string(items.size() + 1) + "]"});
    }
    return items;
  }
  ObjectReader inner{*given, path, format_, faults_};
  auto items = inner.take_all(item);
  inner.finish();
  return items;
}

std::vector<ObjectReader::Item> ObjectReader::take_all(std::string_view name) {
  std::vector<Item> items;
  const auto add = [&](const Given& given) {
    items.push_back({&given, path_of(name) + "[" + std::to_string(items.size() + 1) + "]"});
  };
  for (std::size_t i = 0; i < object_.members.size(); ++i) {
    const Given& member = object_.members[i];
    if (!is_called(member, name) || !is_in(member, {Namespace::vmext})) continue;
    taken_[i] = true;
    if (member.kind == Given::Kind::array) {
      for (const Given& element : member.members) add(element);
    } else if (member.kind != Given::Kind::nothing) {
      add(member);
    }
  }
  return items;
}

bool ObjectReader::skip(Namespace space, std::string_view name) {
  return take({space}, name) != nullptr;
}

bool ObjectReader::is_ignored(const Given& member) const {
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

void ObjectReader::finish() {
  for (std::size_t i = 0; i < object_.members.size(); ++i) {
    const Given& member = object_.members[i];
    if (taken_[i] || is_ignored(member)) continue;
    faults_.add(path_ + "/" + std::string{member.name}, "is not known here");
    return;
  }
}

}  // namespace http::vcloud
