#include "http/document/read.h"

#include "core/base/check.h"
#include "http/document/given.h"
#include "http/document/members.h"
#include "http/document/spelling.h"
#include "http/document/values.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/validate.h"

namespace http::document {
namespace {

using error::ApiError;
using registry::resource::Amendment;
using registry::resource::BrokenRule;
using registry::resource::Draft;
using registry::resource::Kind;
using registry::resource::Object;
using registry::resource::Shape;
using representation::Format;

constexpr std::size_t kOperationKeyMax = 255;  // octets

/// What goes on from the path to a field, whose name the rule's sentence may begin with.
std::string reason_of(std::string_view path, std::string_view text) {
  const std::string name = std::string{path.substr(path.rfind('/') + 1)} + " ";
  if (text.starts_with(name)) text.remove_prefix(name.size());
  if (text.ends_with('.')) text.remove_suffix(1);
  return std::string{text};
}

/// Reads one document. Drafts nest as the kinds do, five deep.
class Reader {
 public:
  Reader(const native::Call& call, Format format) : values_(call.base), format_(format) {}

  Draft draft(const Kind& kind, const Item& item) {
    Members members{item, format_, faults_};
    Draft draft;
    draft.kind = &kind;
    draft.operation_key = operation_key(members);
    draft.values = values_.fields(kind.shape, members);
    for (auto& given : nested(kind, members)) {
      for (Draft& each : given.drafts) draft.nested.push_back(std::move(each));
    }
    members.finish();
    judge(registry::resource::validate(kind.shape, draft.values), item);
    return draft;
  }

  Amendment amendment(const Kind& kind, const Item& item) {
    Members members{item, format_, faults_};
    operation_key(members);  // counts at creation only
    Amendment amendment;
    amendment.values = values_.fields(kind.shape, members);
    amendment.replaced = nested(kind, members);
    members.finish();
    // Beside itself nothing has changed: this judges the limits only.
    judge(registry::resource::validate_change(kind.shape, amendment.values, amendment.values),
          item);
    return amendment;
  }

  Object object(const Shape& shape, const Item& item) {
    Members members{item, format_, faults_};
    Object object = values_.fields(shape, members);
    members.finish();
    judge(registry::resource::validate(shape, object), item);
    return object;
  }

  [[nodiscard]] const std::optional<std::string>& fault() const { return faults_.first(); }

 private:
  /// The containers that the document holds, each with what is in it.
  std::vector<Amendment::Replacement> nested(const Kind& kind, Members& members) {
    std::vector<Amendment::Replacement> found;
    for (const Kind* inner : registry::kinds::all()) {
      if (inner->parent != kind.urn_kind || inner->container.empty()) continue;
      const auto items = members.list({inner->container, inner->shape.space, false},
                                      {inner->shape.name, inner->shape.space, false});
      if (!items) continue;
      Amendment::Replacement replacement{inner, {}};
      replacement.drafts.reserve(items->size());
      for (const Item& item : *items) replacement.drafts.push_back(draft(*inner, item));
      found.push_back(std::move(replacement));
    }
    return found;
  }

  std::string operation_key(Members& members) {
    constexpr std::string_view kName = "operationKey";
    const auto key = members.attribute(kName);
    if (!key) return {};
    if (key->size() > kOperationKeyMax) faults_.add(members.path_of(kName), "is too long");
    return std::string{*key};
  }

  void judge(const std::optional<BrokenRule>& broken, const Item& item) {
    if (!broken) return;
    const std::string inner = spelled_path(broken->path, format_);
    faults_.add(inner.empty() ? item.path : item.path + "/" + inner,
                reason_of(broken->path, broken->text));
  }

  ValueReader values_;
  Format format_;
  Faults faults_;
};

template <typename What, typename Read>
core::Result<What, ApiError> read_root(const native::Call& call, const Expected& expected,
                                       const Read& read) {
  const auto document = read_document(call, expected);
  if (!document) return core::Unexpected{document.error()};
  Reader reader{call, document->format};
  const bool xml = document->format == Format::xml;
  const Item root{&document->root, xml ? std::string{expected.root} : ""};
  What what = read(reader, root);
  if (reader.fault()) {
    return core::Unexpected{ApiError{400, error::kBadRequest, *reader.fault()}};
  }
  return what;
}

std::string path_from_root(std::string_view root, std::string_view path, Format format) {
  const std::string begin{format == Format::xml ? root : std::string_view{}};
  return begin + "/" + spelled_path(path, format);
}

Expected expected_of(const Kind& kind) {
  CORE_CHECK(!kind.views.empty());
  const auto& view = kind.views.front();
  return {{view.media_type}, representation::uri_of(namespace_of(view.space)), view.name};
}

}  // namespace

ReadResult read_draft(const native::Call& call, const Kind& kind) {
  return read_root<Draft>(call, expected_of(kind), [&](Reader& reader, const Item& root) {
    return reader.draft(kind, root);
  });
}

core::Result<Amendment, ApiError> read_amendment(const native::Call& call, const Kind& kind) {
  return read_root<Amendment>(call, expected_of(kind), [&](Reader& reader, const Item& root) {
    return reader.amendment(kind, root);
  });
}

core::Result<Object, ApiError> read_object(const native::Call& call, const Shape& shape,
                                           representation::MediaType type) {
  const Expected expected{type, representation::uri_of(namespace_of(shape.space)), shape.name};
  return read_root<Object>(
      call, expected, [&](Reader& reader, const Item& root) { return reader.object(shape, root); });
}

ApiError refused_value(const native::Call& call, const Shape& shape, representation::MediaType type,
                       std::string_view path, std::string_view reason) {
  const Format format = format_of(call, type).value_or(Format::xml);
  return {400, error::kBadRequest,
          path_from_root(shape.name, path, format) + ": " + std::string{reason}};
}

registry::service::RuleViolation as_in_document(registry::service::RuleViolation violation,
                                                const native::Call& call, const Kind& kind) {
  const auto format = format_of(call, expected_of(kind).type);
  if (violation.path.empty() || !format) return violation;
  violation.text = path_from_root(expected_of(kind).root, violation.path, *format) + ": " +
                   reason_of(violation.path, violation.text);
  violation.path.clear();
  return violation;
}

}  // namespace http::document
