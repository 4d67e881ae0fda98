#pragma once

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "registry/resource/description.h"
#include "registry/resource/resource.h"

/// Kinds small enough to see whole: a shelf (its name is unique everywhere, whatever the case) with
/// books (a title is unique on its shelf) that have notes.
namespace registry::resource::small {

inline constexpr std::array<std::string_view, 2> kColours{"red", "blue"};
inline constexpr std::array kPartFields{
    Field{.name = "Size", .type = FieldType::integer, .rules = {.required = true}, .maximum = 9},
    Field{.name = "Word"},
};
inline constexpr Shape kPart{.name = "Part", .fields = kPartFields};

inline constexpr std::array kShelfFields{
    Field{.name = "name", .attribute = true, .rules = {.required = true}},
    Field{.name = "Description", .maximum = 20},
    Field{.name = "Colour", .one_of = kColours},
    Field{.name = "Open", .type = FieldType::boolean},
    Field{.name = "Height", .type = FieldType::integer, .minimum = -2, .maximum = 100},
    Field{.name = "Made", .type = FieldType::time},
    Field{.name = "Owner", .type = FieldType::reference, .target = "user"},
    Field{.name = "Code", .rules = {.create_only = true}},
    Field{.name = "Lock", .rules = {.secret = true}},
    Field{.name = "Inner", .rules = {.hidden = true}},
    Field{.name = "First", .type = FieldType::object, .shape = &kPart},
    Field{.name = "Part",
          .type = FieldType::object,
          .shape = &kPart,
          .repeated = true,
          .container = "Parts",
          .items_max = 3},
    Field{.name = "Tag", .repeated = true},
};
inline constexpr Kind kShelf{.urn_kind = "shelf",
                             .words = "A place for books.",
                             .shape = {.name = "Shelf", .fields = kShelfFields},
                             .unique_field = "name",
                             .uniqueness = Uniqueness::everywhere,
                             .unique_ignores_case = true};

inline constexpr std::array kBookFields{
    Field{.name = "Title", .rules = {.required = true}},
    Field{.name = "Pages", .type = FieldType::integer},
};
inline constexpr Kind kBook{.urn_kind = "book",
                            .words = "What stands on a shelf.",
                            .shape = {.name = "Book", .fields = kBookFields},
                            .parent = "shelf",
                            .container = "Books",
                            .unique_field = "Title",
                            .uniqueness = Uniqueness::among_siblings};

inline std::string first_letter(const Resource& note) { return note.text("Text").substr(0, 1); }

inline constexpr std::array kNoteFields{Field{.name = "Text"}};
inline constexpr Kind kNote{.urn_kind = "note",
                            .words = "What somebody wrote into a book.",
                            .shape = {.name = "Note", .fields = kNoteFields},
                            .parent = "book",
                            .container = "Notes",
                            .index_key = first_letter};

inline std::shared_ptr<Resource> make(const Kind& kind, std::uint64_t created,
                                      const core::Uuid& parent = {}) {
  auto made = std::make_shared<Resource>();
  made->kind = &kind;
  made->id = core::Uuid::random();
  made->parent = parent;
  made->created = created;
  made->values.fields.resize(kind.shape.fields.size());
  return made;
}

inline std::shared_ptr<Resource> shelf(std::string name, std::uint64_t created) {
  auto made = make(kShelf, created);
  made->set("name", std::move(name));
  return made;
}

inline std::shared_ptr<Resource> book(const core::Uuid& on, std::string title,
                                      std::uint64_t created) {
  auto made = make(kBook, created, on);
  made->set("Title", std::move(title));
  return made;
}

inline std::shared_ptr<Resource> note(const core::Uuid& in, std::string text,
                                      std::uint64_t created) {
  auto made = make(kNote, created, in);
  made->set("Text", std::move(text));
  return made;
}

}  // namespace registry::resource::small
