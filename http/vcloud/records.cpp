#include "http/vcloud/records.h"

#include <algorithm>
#include <charconv>

#include "core/base/result.h"
#include "http/native/query.h"
#include "http/vcloud/media_types.h"

namespace http::vcloud {
namespace {

using representation::link;
using representation::Namespace;
using representation::Node;
using representation::Scalar;

enum class Shape : std::uint8_t { records, idrecords, references };

std::string_view name_of(Shape shape) {
  switch (shape) {
    case Shape::records:
      return "records";
    case Shape::idrecords:
      return "idrecords";
    case Shape::references:
      break;
  }
  return "references";
}

MediaType type_of(Shape shape) {
  switch (shape) {
    case Shape::records:
      return kRecordsType;
    case Shape::idrecords:
      return kIdRecordsType;
    case Shape::references:
      break;
  }
  return kReferencesType;
}

struct Asked {
  Shape shape = Shape::records;
  std::int64_t page = 1;
  std::int64_t page_size = kPageSizeDefault;
  std::string sort_by;
  bool descending = false;
};
using Fault = std::string;

/// A number from 1 on; the default when the parameter is not there.
core::Result<std::int64_t, Fault> number(const native::Query& query, std::string_view name,
                                         std::int64_t by_default) {
  constexpr std::int64_t kNumberMax = 1'000'000'000;
  const std::string* text = query.find(name);
  if (text == nullptr) return by_default;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  if (whole && value >= 1 && value <= kNumberMax) return value;
  return core::Unexpected{std::string{name} + " is to be a number from 1 on."};
}

core::Result<Shape, Fault> shape_of(const native::Query& query) {
  const std::string* text = query.find("format");
  if (text == nullptr) return Shape::records;
  for (const Shape shape : {Shape::records, Shape::idrecords, Shape::references}) {
    if (*text == name_of(shape)) return shape;
  }
  return core::Unexpected{std::string{"format is records, idrecords or references."}};
}

core::Result<Asked, Fault> asked_by(const native::Query& query) {
  if (query.find("filter") != nullptr) {
    return core::Unexpected{std::string{"filter is not supported on this query."}};
  }
  Asked asked;
  const auto shape = shape_of(query);
  if (!shape) return core::Unexpected{shape.error()};
  const auto page = number(query, "page", 1);
  if (!page) return core::Unexpected{page.error()};
  const auto page_size = number(query, "pageSize", kPageSizeDefault);
  if (!page_size) return core::Unexpected{page_size.error()};
  asked.shape = *shape;
  asked.page = *page;
  asked.page_size = std::min(*page_size, kPageSizeMax);
  if (const std::string* ascending = query.find("sortAsc")) asked.sort_by = *ascending;
  if (const std::string* descending = query.find("sortDesc")) {
    asked.sort_by = *descending;
    asked.descending = true;
  }
  return asked;
}

const Record::Attribute* find(const Record& record, std::string_view name) {
  for (const auto& attribute : record.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

bool is_less(const Record::Attribute& a, const Record::Attribute& b) {
  const auto* left = std::get_if<Scalar>(&a.value);
  const auto* right = std::get_if<Scalar>(&b.value);
  if (left == nullptr || right == nullptr) {
    return std::get<ReferenceValue>(a.value).href < std::get<ReferenceValue>(b.value).href;
  }
  if (left->index() != right->index()) return left->index() < right->index();  // absent first
  if (const auto* text = std::get_if<std::string>(left))
    return *text < std::get<std::string>(*right);
  if (const auto* truth = std::get_if<bool>(left)) return !*truth && std::get<bool>(*right);
  if (const auto* value = std::get_if<std::int64_t>(left)) {
    return *value < std::get<std::int64_t>(*right);
  }
  return false;
}

/// False when the records have no such attribute.
bool sort(std::vector<Record>& records, const Asked& asked) {
  if (asked.sort_by.empty() || records.empty()) return true;
  if (find(records.front(), asked.sort_by) == nullptr) return false;
  std::stable_sort(records.begin(), records.end(), [&](const Record& a, const Record& b) {
    const auto& left = *find(a, asked.sort_by);
    const auto& right = *find(b, asked.sort_by);
    return asked.descending ? is_less(right, left) : is_less(left, right);
  });
  return true;
}

std::string page_url(std::string_view collection, const Asked& asked, std::int64_t page,
                     Shape shape) {
  std::string url{collection};
  url.append("?page=").append(std::to_string(page));
  url.append("&pageSize=").append(std::to_string(asked.page_size));
  url.append("&format=").append(name_of(shape));
  if (!asked.sort_by.empty()) {
    url.append(asked.descending ? "&sortDesc=" : "&sortAsc=").append(asked.sort_by);
  }
  return url;
}

std::vector<Node> page_links(std::string_view collection, const Asked& asked, std::int64_t pages) {
  std::vector<Node> links;
  const auto add = [&](std::string_view rel, std::int64_t page, Shape shape) {
    links.push_back(link(rel, type_of(shape), page_url(collection, asked, page, shape)));
  };
  for (const Shape other : {Shape::references, Shape::idrecords, Shape::records}) {
    if (other != asked.shape) add("alternate", asked.page, other);
  }
  if (asked.page > 1) {
    add("firstPage", 1, asked.shape);
    add("previousPage", std::min(asked.page - 1, pages), asked.shape);
  }
  if (asked.page < pages) {
    add("nextPage", asked.page + 1, asked.shape);
    add("lastPage", pages, asked.shape);
  }
  return links;
}

Node describe_record(const Record& record, const RecordKind& kind, Shape shape) {
  Node node{Namespace::vcloud, kind.record};
  node.json_type(kind.json_type);
  if (shape == Shape::records) node.attribute("href", record.href);
  if (shape == Shape::idrecords) node.attribute("id", native::urn(kind.urn_kind, record.id));
  for (const auto& attribute : record.attributes) {
    if (const auto* scalar = std::get_if<Scalar>(&attribute.value)) {
      node.attribute(attribute.name, *scalar);
    } else {
      const auto& reference = std::get<ReferenceValue>(attribute.value);
      node.attribute(attribute.name, shape == Shape::records ? reference.href : reference.urn);
    }
  }
  return node;
}

Node describe_reference(const Record& record, const RecordKind& kind) {
  Node node{Namespace::vcloud, kind.reference};
  node.attribute("href", record.href);
  node.attribute("id", native::urn(kind.urn_kind, record.id));
  node.attribute("type", kind.type);
  node.attribute("name", representation::optional_text(record.name));
  return node;
}

}  // namespace

void answer_records(const native::Call& call, const RecordKind& kind, std::string_view collection,
                    std::vector<Record> records) {
  auto asked = asked_by(native::Query{call.request->target.query});
  if (!asked) return call.refuse(error::ApiError{400, error::kBadRequest, asked.error()});
  if (records.empty()) asked->sort_by.clear();  // nobody can say whether there is such an attribute
  if (!sort(records, *asked)) {
    return call.refuse(error::ApiError{400, error::kBadRequest,
                                       "There is no attribute " + asked->sort_by + " to sort by."});
  }
  const auto total = static_cast<std::int64_t>(records.size());
  const std::int64_t pages =
      std::max<std::int64_t>((total + asked->page_size - 1) / asked->page_size, 1);
  const std::int64_t first = std::min((asked->page - 1) * asked->page_size, total);
  const std::int64_t last = std::min(first + asked->page_size, total);

  const bool references = asked->shape == Shape::references;
  Node node{Namespace::vcloud, references ? kind.references : "QueryResultRecords"};
  node.attribute("name", std::string{kind.query});
  node.attribute("page", asked->page);
  node.attribute("pageSize", asked->page_size);
  node.attribute("total", total);
  node.attribute("href", page_url(collection, *asked, asked->page, asked->shape));
  node.attribute("type", type_of(asked->shape));
  node.list("link", page_links(collection, *asked, pages));
  std::vector<Node> lines;
  for (std::int64_t i = first; i < last; ++i) {
    const Record& record = records[static_cast<std::size_t>(i)];
    lines.push_back(references ? describe_reference(record, kind)
                               : describe_record(record, kind, asked->shape));
  }
  node.list(references ? "reference" : "record", std::move(lines));
  call.answer(200, node, type_of(asked->shape));
}

}  // namespace http::vcloud
