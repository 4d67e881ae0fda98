#include "http/representation/render.h"

#include <algorithm>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "core/xml/writer.h"

namespace http::representation {
namespace {

// How deep nodes nest is decided by our own resources (a handful of levels), not by input:
// recursion here is bounded.

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

std::string_view suffix(Format format) { return format == Format::xml ? "+xml" : "+json"; }

std::string spelled(MediaType type, Format format) {
  return std::string{type.base}.append(suffix(format));
}

bool is_absent(const Scalar& value) { return std::holds_alternative<std::monostate>(value); }

std::string xml_text(const Scalar& value) {
  return std::visit(Overloaded{[](std::monostate) { return std::string{}; },
                               [](const std::string& text) { return text; },
                               [](bool truth) { return std::string{truth ? "true" : "false"}; },
                               [](std::int64_t number) { return std::to_string(number); },
                               [](MediaType type) { return spelled(type, Format::xml); }},
                    value);
}

void write_xml(core::xml::Writer& writer, const Node& node) {
  writer.start(uri_of(node.space()), node.name());
  for (const Node::Member& member : node.members()) {
    const auto* attribute = std::get_if<Node::Attribute>(&member);
    if (attribute == nullptr || is_absent(attribute->value)) continue;
    writer.attribute(attribute->name, xml_text(attribute->value));
  }
  for (const Node::Member& member : node.members()) {
    if (const auto* value = std::get_if<Node::Value>(&member)) {
      if (is_absent(value->value)) continue;
      writer.element(uri_of(value->space), value->name, xml_text(value->value));
    } else if (const auto* values = std::get_if<Node::Values>(&member)) {
      for (const Scalar& each : values->values) {
        writer.element(uri_of(values->space), values->name, xml_text(each));
      }
    } else if (const auto* list = std::get_if<Node::List>(&member)) {
      for (const Node& child : list->nodes) write_xml(writer, child);
    }
  }
  writer.end();
}

bool uses(const Node& node, Namespace space) {
  if (node.space() == space) return true;
  return std::any_of(node.members().begin(), node.members().end(), [&](const Node::Member& member) {
    if (const auto* value = std::get_if<Node::Value>(&member)) {
      return value->space == space && !is_absent(value->value);
    }
    if (const auto* values = std::get_if<Node::Values>(&member)) {
      return values->space == space && !values->values.empty();
    }
    const auto* list = std::get_if<Node::List>(&member);
    return list != nullptr && std::any_of(list->nodes.begin(), list->nodes.end(),
                                          [&](const Node& child) { return uses(child, space); });
  });
}

std::vector<core::xml::Prefix> prefixes_of(const Node& root) {
  if (root.space() == Namespace::versions) return {{"", uri_of(Namespace::versions)}};
  std::vector<core::xml::Prefix> prefixes{{"", uri_of(Namespace::vcloud)}};
  if (uses(root, Namespace::vmext)) prefixes.push_back({"vmext", uri_of(Namespace::vmext)});
  if (uses(root, Namespace::oriel)) prefixes.push_back({"oriel", uri_of(Namespace::oriel)});
  return prefixes;
}

std::string json_key(std::string_view name) {
  std::string key{name};
  if (!key.empty() && key[0] >= 'A' && key[0] <= 'Z') {
    key[0] = static_cast<char>(key[0] - 'A' + 'a');
  }
  return key;
}

void write_json(core::json::Writer& writer, const Scalar& value) {
  std::visit(Overloaded{[&](std::monostate) { writer.null(); },
                        [&](const std::string& text) { writer.string(text); },
                        [&](bool truth) { writer.boolean(truth); },
                        [&](std::int64_t number) { writer.integer(number); },
                        [&](MediaType type) { writer.string(spelled(type, Format::json)); }},
             value);
}

void write_json(core::json::Writer& writer, const Node& node);

void write_json(core::json::Writer& writer, const Node::Values& values) {
  writer.key(json_key(values.name));
  writer.begin_array();
  for (const Scalar& each : values.values) write_json(writer, each);
  writer.end_array();
}

void write_json(core::json::Writer& writer, const Node::List& list) {
  if (list.key.empty()) {
    writer.key(json_key(list.nodes.front().name()));
    return write_json(writer, list.nodes.front());
  }
  writer.key(json_key(list.key));
  writer.begin_array();
  for (const Node& child : list.nodes) write_json(writer, child);
  writer.end_array();
}

void write_json(core::json::Writer& writer, const Node& node) {
  writer.begin_object();
  if (!node.json_type().empty()) writer.member("_type", node.json_type());
  writer.key("otherAttributes");
  writer.begin_object();
  writer.end_object();
  for (const Node::Member& member : node.members()) {
    std::visit(Overloaded{[&](const Node::Attribute& attribute) {
                            writer.key(json_key(attribute.name));
                            write_json(writer, attribute.value);
                          },
                          [&](const Node::Value& value) {
                            writer.key(json_key(value.name));
                            write_json(writer, value.value);
                          },
                          [&](const Node::Values& values) { write_json(writer, values); },
                          [&](const Node::List& list) { write_json(writer, list); }},
               member);
  }
  writer.end_object();
}

}  // namespace

core::SharedBytes render_xml(const Node& root) {
  std::string out;
  core::xml::Writer writer{out, prefixes_of(root)};
  writer.declaration();
  write_xml(writer, root);
  return core::SharedBytes::copy_of(core::octets_of(out));
}

core::SharedBytes render_json(const Node& root) {
  core::Buffer out;
  core::json::Writer writer{out};
  write_json(writer, root);
  return out.freeze();
}

core::SharedBytes render(const Node& root, Format format) {
  return format == Format::xml ? render_xml(root) : render_json(root);
}

std::string content_type(MediaType type, const Negotiated& as) {
  std::string text = spelled(type, as.format);
  if (!as.version.empty()) text.append(";version=").append(as.version);
  return text;
}

message::Response respond(std::uint16_t status, const Node& root, MediaType type,
                          const Negotiated& as) {
  message::Response response;
  response.status = status;
  response.headers.add("Content-Type", content_type(type, as));
  response.body = render(root, as.format);
  return response;
}

}  // namespace http::representation
