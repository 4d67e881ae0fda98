#include "http/vcloud/records.h"

#include <algorithm>

#include "http/vcloud/records_asked.h"

namespace http::vcloud {
namespace {

using representation::link;
using representation::Namespace;
using representation::Node;
using representation::Scalar;

bool is_less(const Record::Value& a, const Record::Value& b) {
  const auto* left = std::get_if<Scalar>(&a);
  const auto* right = std::get_if<Scalar>(&b);
  if (left == nullptr || right == nullptr) {
    return std::get<ReferenceValue>(a).href < std::get<ReferenceValue>(b).href;
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

void sort(std::vector<Record>& records, std::size_t attribute, bool descending) {
  std::stable_sort(records.begin(), records.end(), [&](const Record& a, const Record& b) {
    const auto& left = a.values[attribute];
    const auto& right = b.values[attribute];
    return descending ? is_less(right, left) : is_less(left, right);
  });
}

std::vector<Node> page_links(std::string_view collection, const RecordsAsked& asked,
                             std::int64_t pages) {
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

Node describe_record(const Record& record, const RecordKind& kind, const RecordsAsked& asked) {
  const bool with_hrefs = asked.shape == Shape::records;
  Node node{Namespace::vcloud, kind.record};
  node.json_type(kind.json_type);
  if (with_hrefs) {
    node.attribute("href", record.href);
  } else {
    node.attribute("id", native::urn(kind.urn_kind, record.id));
  }
  for (std::size_t i = 0; i < kind.attributes.size(); ++i) {
    if (!asked.shows(i)) continue;
    if (const auto* scalar = std::get_if<Scalar>(&record.values[i])) {
      node.attribute(kind.attributes[i], *scalar);
    } else {
      const auto& reference = std::get<ReferenceValue>(record.values[i]);
      node.attribute(kind.attributes[i], with_hrefs ? reference.href : reference.urn);
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
  const auto asked = asked_by(call, kind);
  if (!asked) return call.refuse(error::ApiError{400, error::kBadRequest, asked.error()});
  if (asked->filter) {
    std::erase_if(records, [&](const Record& record) { return !asked->filter->admits(record); });
  }
  if (asked->sort_by) sort(records, *asked->sort_by, asked->descending);
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
                               : describe_record(record, kind, *asked));
  }
  node.list(references ? "reference" : "record", std::move(lines));
  call.answer(200, node, type_of(asked->shape));
}

}  // namespace http::vcloud
