#include "http/schema/xsd.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/check.h"
#include "http/document/spelling.h"
#include "http/representation/node.h"
#include "http/schema/linked_documents.h"
#include "http/schema/plain_types.h"
#include "http/schema/record_names.h"
#include "http/schema/xsd_fields.h"
#include "registry/kinds/kinds.h"

namespace http::schema {
namespace {

using registry::resource::Attribute;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::Kind;
using registry::resource::Query;
using registry::resource::Space;
using registry::resource::View;

constexpr std::string_view kSchema = "http://www.w3.org/2001/XMLSchema";
constexpr Space kSpaces[]{Space::vcloud, Space::vmext, Space::oriel};

std::string file_of(Space space) { return std::string{prefix_of(space)} + ".xsd"; }

std::string uri_of(Space space) {
  return std::string{representation::uri_of(document::namespace_of(space))};
}

/// The namespaces whose elements stand in documents of `space`.
std::vector<Space> imported(Space space) {
  if (space == Space::vmext) return {Space::vcloud, Space::oriel};
  return {};
}

void begin(XsdText& out, Space space) {
  XsdText::Attributes attributes{{"xmlns:xs", std::string{kSchema}},
                                 {"targetNamespace", uri_of(space)},
                                 {"elementFormDefault", "qualified"}};
  constexpr std::string_view kPrefixes[]{"xmlns:vcloud", "xmlns:vmext", "xmlns:oriel"};
  for (std::size_t i = 0; i < std::size(kSpaces); ++i) {
    attributes.push_back({kPrefixes[i], uri_of(kSpaces[i])});
  }
  out.open("schema", attributes);
}

bool shows(const View& view, const Field& field) {
  return view.fields.empty() ||
         std::find(view.fields.begin(), view.fields.end(), field.name) != view.fields.end();
}

/// The type of one view. In the main one stand all fields, since requests are in it too, and the
/// containers of nested kinds.
class ViewType {
 public:
  ViewType(XsdText& out, const Kind& kind, const View& view)
      : out_(out), kind_(kind), view_(view), fields_(out, view.space) {}

  void write() const {
    out_.open("complexType", {{"name", std::string{view_.name} + "Type"}});
    out_.open("sequence");
    out_.empty("group", {{"ref", "vcloud:Links"}});
    for (const Field& field : kind_.shape.fields) {
      if (!is_here(field) || field.attribute) continue;
      fields_.element(field, std::string{kind_.shape.name} + "." + std::string{field.name});
    }
    if (is_main()) containers();
    out_.close();
    attributes();
    out_.close();
    out_.empty("element", {{"name", std::string{view_.name}},
                           {"type", std::string{prefix_of(view_.space)} + ":" +
                                        std::string{view_.name} + "Type"}});
  }

 private:
  [[nodiscard]] bool is_main() const { return &view_ == &kind_.views.front(); }
  [[nodiscard]] bool is_here(const Field& field) const {
    return !field.rules.hidden && (is_main() || shows(view_, field));
  }

  void attributes() const {
    for (const std::string_view name : {"href", "id", "type", "operationKey"}) {
      if (kind_.shape.find(name)) continue;
      out_.empty("attribute", {{"name", std::string{name}}, {"type", "xs:string"}});
    }
    for (const Field& field : kind_.shape.fields) {
      if (is_here(field) && field.attribute) fields_.attribute(field);
    }
  }

  void containers() const {
    for (const Kind* nested : registry::kinds::all()) {
      if (nested->parent != kind_.urn_kind || nested->container.empty()) continue;
      CORE_CHECK(nested->shape.space == view_.space);
      out_.open("element", {{"name", std::string{nested->container}}, {"minOccurs", "0"}});
      out_.open("complexType");
      out_.open("sequence");
      out_.empty("element", {{"name", std::string{nested->shape.name}},
                             {"type", std::string{prefix_of(view_.space)} + ":" +
                                          std::string{nested->views.front().name} + "Type"},
                             {"minOccurs", "0"},
                             {"maxOccurs", "unbounded"}});
      out_.close();
      out_.close();
      out_.close();
    }
  }

  XsdText& out_;
  const Kind& kind_;
  const View& view_;
  FieldWriter fields_;
};

std::string_view type_of(const Kind& kind, const Attribute& attribute) {
  const auto place = kind.shape.find(attribute.field);
  switch (place ? kind.shape.fields[*place].type : attribute.type) {
    case FieldType::boolean:
      return "xs:boolean";
    case FieldType::integer:
      return "xs:long";
    case FieldType::time:
      return "xs:dateTime";
    default:
      return "xs:string";
  }
}

/// Query types may share a record: it has the attributes of all of them.
using Records = std::map<std::string, std::map<std::string, std::string_view>>;

Records all_records() {
  Records records;
  for (const Kind* kind : registry::kinds::all()) {
    for (const Query& query : kind->queries) {
      auto& record = records[record_name(query)];
      for (const Attribute& each : query.attributes) {
        const auto type = type_of(*kind, each);
        const auto [place, fresh] = record.emplace(each.name, type);
        if (!fresh && place->second != type) place->second = "xs:string";
      }
      for (const char* name : {"href", "id", "type", "name"}) record.emplace(name, "xs:string");
    }
  }
  return records;
}

void write_pages(XsdText& out) {
  const Records records = all_records();
  for (const auto& [name, attributes] : records) {
    out.open("complexType", {{"name", name + "Type"}});
    out.open("sequence");
    out.empty("group", {{"ref", "vcloud:Links"}});  // with links=true
    out.close();
    for (const auto& [attribute, type] : attributes) {
      out.empty("attribute", {{"name", attribute}, {"type", std::string{type}}});
    }
    out.close();
  }
  const auto page = [&](const std::string& name, const auto& items) {
    out.open("element", {{"name", name}});
    out.open("complexType");
    out.open("sequence");
    out.empty("group", {{"ref", "vcloud:Links"}});
    out.open("choice", {{"minOccurs", "0"}, {"maxOccurs", "unbounded"}});
    items();
    out.close();
    out.close();
    out.empty("attributeGroup", {{"ref", "vcloud:Page"}});
    out.close();
    out.close();
  };
  page("QueryResultRecords", [&] {
    for (const auto& [name, attributes] : records) {
      out.empty("element", {{"name", name}, {"type", "vcloud:" + name + "Type"}});
    }
  });
  std::set<std::string> written;
  for (const Kind* kind : registry::kinds::all()) {
    for (const Query& query : kind->queries) {
      if (!written.insert(references_name(query)).second) continue;
      page(references_name(query), [&] {
        out.empty("element", {{"name", reference_name(query)}, {"type", "vcloud:ReferenceType"}});
      });
    }
  }
}

std::string make_file(Space space) {
  XsdText out;
  begin(out, space);
  for (const Space other : imported(space)) {
    out.empty("import", {{"namespace", uri_of(other)}, {"schemaLocation", file_of(other)}});
  }
  out.lines(plain_types(prefix_of(space)));
  linked_documents(out, prefix_of(space));
  const FieldWriter fields{out, space};
  for (const Kind* kind : registry::kinds::all()) {
    for (const View& view : kind->views) {
      if (view.space == space) ViewType{out, *kind, view}.write();
    }
    if (!kind->views.empty()) {
      fields.groups(kind->shape, kind->views.front().space, std::string{kind->shape.name});
    }
  }
  if (space == Space::vcloud) write_pages(out);
  out.close();
  return out.take();
}

std::string make_versions() {
  XsdText out;
  const std::string uri{representation::uri_of(representation::Namespace::versions)};
  out.open("schema", {{"xmlns:xs", std::string{kSchema}},
                      {"xmlns:versions", uri},
                      {"targetNamespace", uri},
                      {"elementFormDefault", "qualified"}});
  out.lines(plain_types("versions"));
  out.close();
  return out.take();
}

std::string make_master(const std::vector<SchemaFile>& files) {
  XsdText out;
  out.open("schema", {{"xmlns:xs", std::string{kSchema}}});
  for (const Space space : kSpaces) {
    out.empty("import", {{"namespace", uri_of(space)}, {"schemaLocation", file_of(space)}});
  }
  out.empty("import", {{"namespace",
                        std::string{representation::uri_of(representation::Namespace::versions)}},
                       {"schemaLocation", files.back().name}});
  out.close();
  return out.take();
}

std::vector<SchemaFile> make_files() {
  constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<SchemaFile> files;
  for (const Space space : kSpaces) files.push_back({file_of(space), make_file(space)});
  files.push_back({"versions.xsd", make_versions()});
  files.push_back({"master.xsd", make_master(files)});
  for (SchemaFile& file : files) file.text.insert(0, kDeclaration);
  return files;
}

}  // namespace

const std::vector<SchemaFile>& schema_files() {
  static const std::vector<SchemaFile> kFiles = make_files();
  return kFiles;
}

const SchemaFile* schema_file(std::string_view name) {
  const auto& files = schema_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const SchemaFile& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

}  // namespace http::schema
