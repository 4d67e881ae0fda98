#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/uuid.h"

namespace registry::authorization {

/// A ServiceResource as rules see it: itself, and the organisation that owns it.
struct OwnedResource {
  core::Uuid id;
  core::Uuid organisation;
};

/// The ServiceResources of one class that have one ExternalObjectId: nearly always a single one.
struct NamedResources {
  core::Uuid resource_class;
  std::string external_id;
  std::vector<OwnedResource> owned;
};

/// One ServiceResource with its class and ExternalObjectId.
struct NamedResource {
  core::Uuid resource_class;
  std::string_view external_id;
  OwnedResource owned;
};

/// All ServiceResources, by class and ExternalObjectId. Immutable: a change shares with this one
/// all pages but those concerned, so one among many costs a copy of a few kilobytes, and many at
/// once cost no more than all pages.
///
/// A request is about any of them, so what a look-up reads is in no cache: it reads a few octets
/// that say where, and then one record, in which key and answer lie side by side.
class ResourceIndex {
 public:
  ResourceIndex() = default;
  /// Each class and id once.
  explicit ResourceIndex(std::span<const NamedResources> all);

  /// Valid as long as this index or a copy of it; none is an empty span.
  [[nodiscard]] std::span<const OwnedResource> find(const core::Uuid& resource_class,
                                                    std::string_view external_id) const;

  /// Without all of `gone`, which need not be there, and then with all of `come`.
  [[nodiscard]] ResourceIndex changed(std::span<const NamedResource> gone,
                                      std::span<const NamedResource> come) const;
  [[nodiscard]] ResourceIndex with(const core::Uuid& resource_class, std::string_view external_id,
                                   const OwnedResource& owned) const;
  /// Without the resource `id` of that class and ExternalObjectId.
  [[nodiscard]] ResourceIndex without(const core::Uuid& resource_class,
                                      std::string_view external_id, const core::Uuid& id) const;

 private:
  /// Some of them, packed into one piece of memory: slots, which are found by hash, then records.
  ///
  ///   slot   := tag u32 | where its record begins u32, 0 for a free slot
  ///   record := size of the text u32 | count u32 | class | owned[count] | text
  ///
  /// Invariant: at least half of the slots are free, so a search comes to its end soon.
  struct Page {
    std::shared_ptr<const std::byte[]> octets;  // null: no records
    std::uint32_t slots = 0;                    // a power of two
    std::uint32_t names = 0;
  };
  using Pages = std::vector<Page>;  // a power of two of them

  static Page pack(std::span<const NamedResources> all);
  static std::vector<NamedResources> unpack(const Page& page);
  struct Edit;
  using Edits = std::map<std::pair<core::Uuid, std::string_view>, Edit>;  // of names in one page
  [[nodiscard]] std::vector<NamedResources> edited(const Page& page, const Edits& edits) const;
  static ResourceIndex over(Pages pages, std::size_t names);

  std::shared_ptr<const Pages> pages_;  // null: the index is empty
  std::size_t names_ = 0;
};

}  // namespace registry::authorization
