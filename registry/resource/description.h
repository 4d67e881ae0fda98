#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "registry/resource/value.h"

/// One description per resource: what a resource is called, what it holds, where it is found, who
/// may do what with it, what it links to and how it is asked for. XML and JSON are read and
/// written, values are checked, schemas and the API's reference are made from it; nothing says it
/// twice.
///
/// Descriptions are constants with static storage (registry/kinds); everything points to them.
namespace registry::resource {

struct Resource;
class Resources;
struct Rules;

/// The namespaces of XML elements (spec, conventions).
enum class Space : std::uint8_t { vcloud, vmext, oriel };

enum class FieldType : std::uint8_t {
  text,       // std::string
  boolean,    // bool
  integer,    // std::int64_t
  time,       // core::WallTime, xs:dateTime
  reference,  // Reference
  object,     // Object of `shape`
};

/// What becomes of a field in requests and answers. The default: given or left out at creation,
/// kept by a PUT that leaves it out, always shown.
struct FieldRules {
  bool required = false;     // at creation, and not empty
  bool read_only = false;    // the server's: in a request it is read over
  bool create_only = false;  // a later request that gives another value is refused
  bool secret = false;       // may be given, is never shown (passwords)
  bool hidden = false;       // neither read nor shown: kept for the server's own use
  bool trimmed = false;      // white space at both ends is dropped
  bool any_space = false;    // the element is known in vcloud, in vmext and without a namespace
  bool ignored = false;      // may be given; is read over without a complaint
  bool expanded = false;     // {baseUri} in a text or an href is expanded when it is shown
  bool lines = false;        // a text that may have line feeds and tabs, as Description and Details
};

/// Resources that a document names besides what it keeps: whatever is there when it is shown.
struct Holding {
  std::string_view kind = {};  // Kind::urn_kind of those named; empty: there is nothing of the sort
  bool everywhere = false;     // all of that kind; otherwise those that the document's resource has
  bool whole = false;          // each as its own document; otherwise a reference to it
  std::size_t shown_max = 2000;  // the newest of them; a query gives all
};

struct Shape;

/// One attribute or element of a shape.
struct Field {
  std::string_view name;  // as in the XML schema; in JSON it begins with a small letter
  FieldType type = FieldType::text;
  bool attribute = false;  // in XML; otherwise an element of `space`
  Space space = Space::vmext;
  FieldRules rules = {};
  /// Characters of a text; bounds of an integer. `maximum` 0: 255 characters, or any integer.
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::span<const std::string_view> one_of = {};  // the only texts allowed, case-sensitive
  const Shape* shape = nullptr;                   // of an object
  std::string_view target = {};     // Kind::urn_kind that a reference must name; empty: anything
  bool repeated = false;            // a List
  std::string_view container = {};  // the element around repeated ones; empty: side by side
  std::size_t items_max = 1000;     // of a List
  /// Of a repeated, read-only reference: what is named here; no value is ever kept.
  const Holding* holding = nullptr;
  std::string_view words = {};  // for the API's reference: what it says, without the limits
};

/// The attributes and elements of a document or a part of one, in the order of the schema:
/// attributes first. `name` is that of the element.
struct Shape {
  std::string_view name;
  Space space = Space::vmext;
  std::span<const Field> fields = {};

  /// The place of the field of that name; nullopt when there is none.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view field) const;
};

/// Who may. Each includes those after it.
enum class Access : std::uint8_t {
  nobody,  // the operation is not there: 405
  user,    // anybody who has logged in; of an organisation's resources, its members
  owner,   // whom the resource names in Kind::owner_field
  organisation_administrator,  // of the organisation that owns the resource
  system_administrator,
};

/// A Link of a representation. In `href`: {self} its own URL, {parent} its parent's in the same
/// view, {id} its UUID, {h} scheme, host and port, e.g. "{h}/api/admin/extension/service".
struct LinkSpec {
  std::string_view rel;
  std::string_view media_type;  // without its suffix; empty: no type
  std::string_view href;
  Access access = Access::user;                               // shown to them only
  bool (*when)(const Resource&, const Resources&) = nullptr;  // null: always
};

/// One way a resource is shown. Its `type` is `media_type`, its `id` the URN, its `href` the URL of
/// `element` with the UUID in the place of {}. In its last segment a text may stand before the {}
/// ("/api/vApp/vapp-{}"), which belongs to the URL and not to the URN; the router must allow it.
struct View {
  std::string_view name;  // of the root element
  Space space = Space::vmext;
  std::string_view media_type;  // without its suffix
  /// "/api/admin/extension/service/link/{}". Empty: it has no URL of its own and is never shown,
  /// and a POST answers 204 without Location (events, spec section 6.2).
  std::string_view element;
  Access read = Access::system_administrator;
  std::span<const std::string_view> fields = {};  // the names of those shown; empty: all
  std::span<const LinkSpec> links = {};           // besides remove and up, which are made from Kind
  /// Whether a caller who has `read` sees this one; null: always.
  bool (*visible)(const Resource&, const Resources&) = nullptr;
  /// The place among the parent's views that the Link `up` leads to.
  std::size_t up = 0;
};

/// Where resources of a kind are made and listed.
struct Collection {
  /// The URL; {} stands for the parent, when the kind has one: "…/service/{}/links".
  std::string_view path;
  Access create = Access::system_administrator;  // POST
  /// GET is a packaged query of this type (Query::name); empty: no GET here.
  std::string_view query = {};
  /// The status of a POST's answer that shows the resource.
  std::uint16_t created = 201;
};

/// An attribute of a query's records. Its value is a field of the resource, or computed.
struct Attribute {
  std::string_view name;
  std::string_view field = {};  // of the resource's shape; empty: `value` gives it
  /// A text, boolean, integer, time or Reference (with id and kind); nothing: not set. A Reference
  /// with a kind and a nil id stands for every resource of that kind: a filter for any of them
  /// matches it, and it is shown as not set (the organisation of a role).
  Value (*value)(const Resource&, const Resources&) = nullptr;
  FieldType type = FieldType::text;  // of what `value` gives, as far as filters compare it
  bool expanded = false;             // {baseUri} in what `value` gives is shown expanded
};

/// A query type (spec section 2.5). Records are `Record` behind the name with a capital first
/// letter, references `…References` with `…Reference`.
struct Query {
  std::string_view name;  // "adminService"
  /// The element of a record where clients know it by another name ("VMRecord" of the type vm).
  std::string_view record = {};
  Access access = Access::system_administrator;
  std::span<const Attribute> attributes = {};
  std::size_t view = 0;  // the place in Kind::views that hrefs lead to
  /// Only the caller's own organisation's resources, except for system administrators.
  bool own_organisation = false;
  /// Which resources are asked for at all; null: every one.
  bool (*admits)(const Resource&, const Resources&) = nullptr;
  std::string_view words = {};
};

/// A list of resources at a URL of its own (spec section 2.5, packaged queries).
struct PackagedQuery {
  std::string_view path;   // {}: the ancestor under which the resources are
  std::string_view query;  // Query::name
};

/// How a second resource of the same name is met.
enum class Uniqueness : std::uint8_t { none, among_siblings, everywhere };

/// Everything there is to say about one kind of resource.
struct Kind {
  std::string_view
      urn_kind;  // "serviceLink": urn:vcloud:serviceLink:<uuid>; also its name in the store
  std::string_view words;  // for the API's reference: what it is, one sentence
  Shape shape;
  std::string_view parent = {};  // urn_kind of what it belongs to and is deleted with; empty: none
  /// The container in the parent's documents in which these may be created with it, e.g.
  /// "ServiceLinks"; empty: not nested.
  std::string_view container = {};
  std::span<const View> views = {};  // the first is the main one: POST, PUT and Location use it
  std::span<const Collection> collections = {};
  Access change = Access::nobody;                // PUT of the main view
  Access remove = Access::system_administrator;  // DELETE of the main view
  std::span<const Query> queries = {};
  std::span<const PackagedQuery> packaged = {};
  /// The field that no two may share, and among whom. Compared without regard to case when
  /// `unique_ignores_case`.
  std::string_view unique_field = {};
  Uniqueness uniqueness = Uniqueness::none;
  bool unique_ignores_case = false;
  std::string_view owner_field = {};  // the reference to its user, for Access::owner
  std::size_t count_max = 100'000;  // of all of this kind
  /// Of those that one organisation has, being the ancestor of them, so that none can use up what
  /// is meant for all; 0: count_max alone. A kind whose oldest makes room is right below it.
  std::size_t count_max_of_organisation = 0;
  /// When one of the two is reached, the oldest makes room (events, finished tasks) instead of a
  /// refusal.
  bool oldest_makes_room = false;
  /// The key under which Resources::indexed finds a resource without a walk over all of its kind
  /// (the media type that a service link is for); null: there is no such index.
  std::string (*index_key)(const Resource&) = nullptr;
  const Rules* rules = nullptr;  // null: nothing beyond this description
};

}  // namespace registry::resource
