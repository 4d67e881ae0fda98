#include "http/vcloud/records.h"

#include <algorithm>
#include <numeric>

#include "http/document/base_uri.h"
#include "http/document/language.h"
#include "http/document/links.h"
#include "http/vcloud/records_asked.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/time_text.h"

namespace http::vcloud {
namespace {

using registry::resource::Reference;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::Value;
using representation::link;
using representation::MediaType;
using representation::Namespace;
using representation::Node;
using representation::Scalar;
using Found = std::vector<const Resource*>;

/// Values of one attribute: what is not set comes first.
bool is_less(const Value& left, const Value& right) {
  if (left.held.index() != right.held.index()) return left.held.index() < right.held.index();
  if (const auto* text = left.get_if<std::string>()) return *text < *right.get_if<std::string>();
  if (const auto* truth = left.get_if<bool>()) return !*truth && *right.get_if<bool>();
  if (const auto* number = left.get_if<std::int64_t>()) {
    return *number < *right.get_if<std::int64_t>();
  }
  if (const auto* time = left.get_if<core::WallTime>()) {
    return *time < *right.get_if<core::WallTime>();
  }
  if (const auto* reference = left.get_if<Reference>()) {
    return reference->id < right.get_if<Reference>()->id;
  }
  return false;
}

/// Puts those in order that stand before `last`; equal ones keep theirs.
void sort(Found& found, std::size_t last, const QueryType& type, const RecordsAsked& asked,
          const Resources& there) {
  std::vector<Value> computed(found.size());
  std::vector<const Value*> keys(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    keys[i] = &type.value(*found[i], *asked.sort_by, there, computed[i]);
  }
  std::vector<std::size_t> order(found.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto goes_before = [&](std::size_t a, std::size_t b) {
    const Value& left = asked.descending ? *keys[b] : *keys[a];
    const Value& right = asked.descending ? *keys[a] : *keys[b];
    if (is_less(left, right)) return true;
    return !is_less(right, left) && a < b;
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(last);
  std::partial_sort(order.begin(), end, order.end(), goes_before);
  Found sorted(last);
  std::transform(order.begin(), end, sorted.begin(), [&](std::size_t i) { return found[i]; });
  found = std::move(sorted);
}

std::vector<Node> page_links(std::string_view collection, const RecordsAsked& asked,
                             std::int64_t pages) {
  std::vector<Node> links;
  const auto add = [&](std::string_view rel, std::int64_t page, Form form) {
    links.push_back(link(rel, type_of(form), page_url(collection, asked, page, form)));
  };
  for (const Form other : {Form::references, Form::idrecords, Form::records}) {
    if (other != asked.form) add("alternate", asked.page, other);
  }
  if (asked.page > 1) {
    add("firstPage", 1, asked.form);
    add("previousPage", std::min(asked.page - 1, pages), asked.form);
  }
  if (asked.page < pages) {
    add("nextPage", asked.page + 1, asked.form);
    add("lastPage", pages, asked.form);
  }
  return links;
}

/// Writes the lines of one answer.
class Lines {
 public:
  Lines(const native::Call& call, const QueryType& type, const RecordsAsked& asked,
        const Resources& there)
      : call_(call), type_(type), asked_(asked), there_(there) {}

  [[nodiscard]] Node record(const Resource& stored) const {
    const auto translated = document::in_language_of(call_, stored, there_);
    const Resource& resource = translated ? *translated : stored;
    Node node{Namespace::vcloud, type_.record};
    node.json_type(type_.json_type);
    if (asked_.form == Form::records) {
      if (const auto* view = type_.view()) node.attribute("href", url(view->element, resource.id));
    } else {
      node.attribute("id", native::urn(type_.kind().urn_kind, resource.id));
    }
    for (std::size_t i = 0; i < type_.size(); ++i) {
      if (!asked_.shows(i)) continue;
      Value computed;
      node.attribute(type_.name(i), scalar(i, type_.value(resource, i, there_, computed)));
    }
    if (asked_.links) node.list("link", links_of(resource));
    return node;
  }

  [[nodiscard]] Node reference(const Resource& resource) const {
    Node node{Namespace::vcloud, type_.reference};
    if (const auto* view = type_.view()) {
      node.attribute("href", url(view->element, resource.id));
    }
    node.attribute("id", native::urn(type_.kind().urn_kind, resource.id));
    if (const auto* view = type_.view()) node.attribute("type", MediaType{view->media_type});
    node.attribute("name", representation::optional_text(type_.name_of(resource, there_)));
    return node;
  }

 private:
  [[nodiscard]] std::string url(std::string_view element, const core::Uuid& id) const {
    return call_.url(filled(element, id));
  }

  [[nodiscard]] Scalar scalar(std::size_t attribute, const Value& value) const {
    if (const auto* text = value.get_if<std::string>()) {
      return representation::optional_text(
          type_.is_expanded(attribute) ? document::with_base_uri(*text, call_.base) : *text);
    }
    if (const auto* truth = value.get_if<bool>()) return *truth;
    if (const auto* number = value.get_if<std::int64_t>()) return *number;
    if (const auto* time = value.get_if<core::WallTime>()) {
      return registry::resource::time_text(*time);
    }
    const auto* reference = value.get_if<Reference>();
    return reference != nullptr ? target(*reference) : Scalar{};
  }

  /// An href in records, in the view that whoever may ask the query can read; a URN in idrecords.
  [[nodiscard]] Scalar target(const Reference& reference) const {
    const auto* kind = registry::kinds::find(reference.kind);
    if (kind == nullptr) return representation::optional_text(reference.href);
    if (reference.id.is_nil()) return {};
    if (asked_.form == Form::idrecords) return native::urn(kind->urn_kind, reference.id);
    const auto* view = view_for(*kind, type_.query().access);
    return view != nullptr ? Scalar{url(view->element, reference.id)} : Scalar{};
  }

  [[nodiscard]] std::vector<Node> links_of(const Resource& resource) const {
    if (type_.view() == nullptr) return {};
    return document::links_of(resource, *type_.view(), there_, call_);
  }

  const native::Call& call_;
  const QueryType& type_;
  const RecordsAsked& asked_;
  const Resources& there_;
};

/// Those that the filter admits. When it says of what parent they are, the others are not looked
/// at.
Found admitted(const native::Call& call, const QueryType& type, const RecordsAsked& asked,
               const Resource* ancestor, const Resources& there) {
  if (!asked.filter) return candidates(call, type, ancestor, there);
  const auto parent = ancestor == nullptr ? asked.filter->parent() : std::nullopt;
  if (parent) {
    ancestor = there.find(*parent);
    if (ancestor == nullptr || ancestor->kind->urn_kind != type.kind().parent) return {};
  }
  Found found = candidates(call, type, ancestor, there);
  std::erase_if(found, [&](const Resource* each) { return !asked.filter->admits(*each, there); });
  return found;
}

}  // namespace

void answer_records(const native::Call& call, const QueryType& type, std::string_view collection,
                    const Resource* ancestor, const Resources& there) {
  const auto asked = asked_by(call, type);
  if (!asked) return call.refuse(error::ApiError{400, error::kBadRequest, asked.error()});
  Found found = admitted(call, type, *asked, ancestor, there);
  const auto total = static_cast<std::int64_t>(found.size());
  const std::int64_t paged = std::max<std::int64_t>(total - asked->offset, 0);
  const std::int64_t pages =
      std::max<std::int64_t>((paged + asked->page_size - 1) / asked->page_size, 1);
  const std::int64_t first = std::min(asked->offset + (asked->page - 1) * asked->page_size, total);
  const std::int64_t last = std::min(first + asked->page_size, total);
  if (asked->sort_by) sort(found, static_cast<std::size_t>(last), type, *asked, there);

  const bool references = asked->form == Form::references;
  Node node{Namespace::vcloud,
            references ? std::string_view{type.references} : "QueryResultRecords"};
  node.attribute("name", std::string{type.query().name});
  node.attribute("page", asked->page);
  node.attribute("pageSize", asked->page_size);
  node.attribute("total", total);
  node.attribute("href", page_url(collection, *asked, asked->page, asked->form));
  node.attribute("type", type_of(asked->form));
  node.list("link", document::with_service_links(page_links(collection, *asked, pages),
                                                 type_of(asked->form), there, call));
  const Lines lines{call, type, *asked, there};
  std::vector<Node> nodes;
  for (std::int64_t i = first; i < last; ++i) {
    const Resource& each = *found[static_cast<std::size_t>(i)];
    nodes.push_back(references ? lines.reference(each) : lines.record(each));
  }
  node.list(references ? "reference" : "record", std::move(nodes));
  call.answer(200, node, type_of(asked->form));
}

}  // namespace http::vcloud
