#include "http/document/write.h"

#include <algorithm>

#include "http/document/access.h"
#include "http/document/addresses.h"
#include "http/document/base_uri.h"
#include "http/document/language.h"
#include "http/document/links.h"
#include "http/document/spelling.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/time_text.h"

namespace http::document {
namespace {

using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::Kind;
using registry::resource::List;
using registry::resource::Object;
using registry::resource::Reference;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::Shape;
using registry::resource::Space;
using registry::resource::Value;
using registry::resource::View;
using representation::MediaType;
using representation::Namespace;
using representation::Node;
using representation::optional_text;
using representation::Scalar;

Node reference_node(Namespace space, std::string_view element, const Resource& resource,
                    const View& view, const native::Call& call) {
  Node node{space, element};
  node.attribute("href", url_of(resource, view, call));
  node.attribute("id", urn_of(*resource.kind, resource.id));
  node.attribute("type", MediaType{view.media_type});
  node.attribute(
      "name", resource.kind->shape.find("name") ? optional_text(resource.text("name")) : Scalar{});
  return node;
}

bool is_called(std::string_view media_type, std::string_view base) {
  return media_type.starts_with(base) &&
         (media_type.size() == base.size() || media_type[base.size()] == '+');
}

/// Writes the fields of shapes for one caller. Objects nest as their shapes do, which are
/// constants: the recursion is bounded.
class FieldWriter {
 public:
  /// `space` is that of the root element.
  FieldWriter(Space space, const Resources& there, const native::Call& call)
      : space_(space), there_(there), call_(call) {}

  void attribute(Node& node, const Field& field, const Value& value) const {
    node.attribute(field.name, is_withheld(field) ? Scalar{} : scalar(field, value));
  }

  void element(Node& node, const Field& field, const Value& value) const {
    if (is_withheld(field)) {
      node.absent(field.name);
    } else if (field.repeated) {
      list(node, field, value);
    } else if (field.type == FieldType::object || field.type == FieldType::reference) {
      if (!value.is_set()) {
        node.absent(field.name);
      } else {
        node.child(structure(field, value));
      }
    } else {
      node.value(space_of(field), field.name, scalar(field, value));
    }
  }

  /// What `holder` holds, as it is now (resource::Holding). A container of references is there even
  /// when nothing is in it; of documents, as the schema's clients expect, only with some.
  void holding(Node& node, const Field& field, const Resource& holder) const {
    Node container{space_of(field), field.container};
    auto nodes = held(field, holder);
    if (field.holding->whole && nodes.empty()) {
      node.absent(field.container);
      return;
    }
    container.list(field.name, std::move(nodes));
    node.child(std::move(container));
  }

  void object(Node& node, const Shape& shape, const Object& values) const {
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
      const Field& field = shape.fields[i];
      if (field.rules.hidden) continue;
      if (field.attribute) {
        attribute(node, field, at(values, i));
      } else {
        element(node, field, at(values, i));
      }
    }
  }

  static const Value& at(const Object& values, std::size_t place) {
    static const Value kUnset;
    return place < values.fields.size() ? values.fields[place] : kUnset;
  }

 private:
  [[nodiscard]] std::vector<Node> held(const Field& field, const Resource& holder) const {
    const auto& what = *field.holding;
    const Kind* kind = registry::kinds::find(what.kind);
    if (kind == nullptr) return {};
    const auto& all = what.everywhere ? there_.all(*kind) : there_.children(holder.id, *kind);
    std::size_t left_out = all.size() - std::min(all.size(), what.shown_max);
    std::vector<Node> nodes;
    nodes.reserve(all.size() - left_out);
    for (const auto& each : all) {
      if (left_out > 0) {
        --left_out;
        continue;
      }
      const View* view = view_for(*each, {});
      if (view == nullptr || !may(call_, view->read, *each, there_)) continue;
      nodes.push_back(what.whole
                          ? write(*each, *view, there_, call_)
                          : reference_node(space_of(field), field.name, *each, *view, call_));
    }
    return nodes;
  }

  /// The user's view of an extension's resource is in vcloud as a whole.
  [[nodiscard]] Namespace space_of(const Field& field) const {
    const bool users = space_ == Space::vcloud && field.space == Space::vmext;
    return namespace_of(users ? Space::vcloud : field.space);
  }

  static bool is_withheld(const Field& field) { return field.rules.secret || field.rules.ignored; }

  [[nodiscard]] Scalar scalar(const Field& field, const Value& value) const {
    if (const auto* text = value.get_if<std::string>()) {
      return optional_text(field.rules.expanded ? with_base_uri(*text, call_.base) : *text);
    }
    if (const auto* truth = value.get_if<bool>()) return *truth;
    if (const auto* number = value.get_if<std::int64_t>()) return *number;
    if (const auto* time = value.get_if<core::WallTime>()) {
      return registry::resource::time_text(*time);
    }
    return {};
  }

  [[nodiscard]] Node structure(const Field& field, const Value& value) const {
    if (const auto* reference = value.get_if<Reference>())
      return this->reference(field, *reference);
    Node node{space_of(field), field.name};
    if (const auto* values = value.get_if<Object>()) object(node, *field.shape, *values);
    return node;
  }

  void list(Node& node, const Field& field, const Value& value) const {
    if (field.container.empty()) return items(node, field, value);
    if (!value.is_set()) {
      node.absent(field.container);
      return;
    }
    Node container{space_of(field), field.container};
    items(container, field, value);
    node.child(std::move(container));
  }

  void items(Node& node, const Field& field, const Value& value) const {
    const auto* list = value.get_if<List>();
    const std::vector<Value> none;
    const std::vector<Value>& values = list != nullptr ? list->items : none;
    if (field.type == FieldType::object || field.type == FieldType::reference) {
      std::vector<Node> nodes;
      for (const Value& each : values) nodes.push_back(structure(field, each));
      node.list(field.name, std::move(nodes));
      return;
    }
    std::vector<Scalar> scalars;
    for (const Value& each : values) scalars.push_back(scalar(field, each));
    node.values(space_of(field), field.name, std::move(scalars));
  }

  /// A resource that is there is shown as it is now; another one as it was given.
  [[nodiscard]] Node reference(const Field& field, const Reference& reference) const {
    const Namespace space = space_of(field);
    const Kind* kind = reference.id.is_nil() ? nullptr : registry::kinds::find(reference.kind);
    const Resource* resource = kind == nullptr ? nullptr : there_.find(*kind, reference.id);
    if (resource != nullptr) {
      if (const View* view = view_for(*resource, reference.type)) {
        return reference_node(space, field.name, *resource, *view, call_);
      }
    }
    Node node{space, field.name};
    node.attribute("href", optional_text(href_of(field, reference, kind)));
    node.attribute("id", kind == nullptr ? Scalar{} : urn_of(*kind, reference.id));
    node.attribute("type", optional_text(reference.type));
    node.attribute("name", optional_text(reference.name));
    return node;
  }

  [[nodiscard]] std::string href_of(const Field& field, const Reference& reference,
                                    const Kind* kind) const {
    if (!reference.href.empty() || kind == nullptr || kind->views.empty()) {
      return field.rules.expanded ? with_base_uri(reference.href, call_.base) : reference.href;
    }
    const View& view = kind->views.front();
    return view.element.empty() ? "" : call_.url(path_of(view, reference.id));
  }

  /// The view that the reference names, or else the first that the caller may read; null when the
  /// kind has none with a URL.
  [[nodiscard]] const View* view_for(const Resource& resource, std::string_view type) const {
    const View* readable = nullptr;
    const View* any = nullptr;
    for (const View& view : resource.kind->views) {
      if (view.element.empty()) continue;
      if (is_called(type, view.media_type)) return &view;
      if (any == nullptr) any = &view;
      if (readable == nullptr && may(call_, view.read, resource, there_)) readable = &view;
    }
    return readable != nullptr ? readable : any;
  }

  Space space_;
  const Resources& there_;
  const native::Call& call_;
};

/// Whether `view` shows that field; an empty list shows all.
bool shows(const View& view, const Field& field) {
  if (field.rules.hidden) return false;
  return view.fields.empty() ||
         std::find(view.fields.begin(), view.fields.end(), field.name) != view.fields.end();
}

/// What every resource has, unless its shape has a field of that name itself.
void common_attributes(Node& node, const Resource& resource, const View& view,
                       const native::Call& call) {
  const Shape& shape = resource.kind->shape;
  node.attribute("href", url_of(resource, view, call));
  if (!shape.find("id")) node.attribute("id", urn_of(*resource.kind, resource.id));
  if (!shape.find("type")) node.attribute("type", MediaType{view.media_type});
  if (view.space == Space::vmext || !resource.operation_key.empty()) {
    node.attribute("operationKey", optional_text(resource.operation_key));
  }
}

}  // namespace

Node write(const Resource& stored, const View& view, const Resources& there,
           const native::Call& call) {
  const auto translated = in_language_of(call, stored, there);
  const Resource& resource = translated ? *translated : stored;
  const Kind& kind = *resource.kind;
  const FieldWriter writer{view.space, there, call};
  Node node{namespace_of(view.space), view.name};
  common_attributes(node, resource, view, call);
  for (const bool attributes : {true, false}) {
    if (!attributes) node.list("link", links_of(resource, view, there, call));
    for (std::size_t i = 0; i < kind.shape.fields.size(); ++i) {
      const Field& field = kind.shape.fields[i];
      if (field.attribute != attributes || !shows(view, field)) continue;
      if (field.holding != nullptr) {
        writer.holding(node, field, resource);
        continue;
      }
      const Value& value = FieldWriter::at(resource.values, i);
      attributes ? writer.attribute(node, field, value) : writer.element(node, field, value);
    }
  }
  if (!view.fields.empty()) return node;
  for (const Kind* nested : registry::kinds::all()) {
    if (nested->parent == kind.urn_kind && !nested->container.empty()) {
      node.absent(nested->container);  // the containers show as links (spec section 2.2)
    }
  }
  return node;
}

Node write_object(const Shape& shape, const Object& values, const Resources& there,
                  const native::Call& call) {
  Node node{namespace_of(shape.space), shape.name};
  FieldWriter{shape.space, there, call}.object(node, shape, values);
  return node;
}

std::string url_of(const Resource& resource, const View& view, const native::Call& call) {
  return call.url(path_of(view, resource.id));
}

Node reference_to(std::string_view element, const Resource& resource, const View& view,
                  const native::Call& call) {
  return reference_node(Namespace::vcloud, element, resource, view, call);
}

}  // namespace http::document
