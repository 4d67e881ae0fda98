#include "registry/authorization/resource_index.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include "core/memory/prefetch.h"

namespace registry::authorization {
namespace {

// Of names in a page, on the average: a change copies the pages concerned, and the list of all.
constexpr std::size_t kNamesPerPageMax = 128;
constexpr std::size_t kNamesPerPageMin = 16;

constexpr std::size_t kSlotOctets = 8;
constexpr std::size_t kRecordHeadOctets = 8;
constexpr std::size_t kRecordLinesAhead = 128;  // octets in which nearly every record is

// Octets of a page are read as such.
static_assert(alignof(OwnedResource) == 1 && sizeof(OwnedResource) == 32);
static_assert(std::is_trivially_copyable_v<OwnedResource>);

std::uint64_t hash_of(const core::Uuid& resource_class, std::string_view external_id) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(resource_class.octets());
  return (std::hash<std::string_view>{}(external_id) ^ halves[0] ^ std::rotl(halves[1], 32)) * kOdd;
}

/// The part of the hash that tells the names of one page apart; the page is chosen by the rest.
std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

std::uint32_t load_u32(const std::byte* from) {
  std::uint32_t number = 0;
  std::memcpy(&number, from, sizeof number);
  return number;
}

/// Writes one thing behind the other.
class Writer {
 public:
  Writer(std::byte* page, std::size_t at) : page_(page), at_(at) {}
  [[nodiscard]] std::uint32_t at() const { return static_cast<std::uint32_t>(at_); }
  void octets(const void* from, std::size_t size) {
    if (size != 0) std::memcpy(page_ + at_, from, size);
    at_ += size;
  }
  void number(std::size_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    octets(&narrow, sizeof narrow);
  }

 private:
  std::byte* page_;
  std::size_t at_;
};

/// A record, seen in its page.
struct Record {
  const std::byte* resource_class;
  std::span<const OwnedResource> owned;
  std::string_view external_id;

  explicit Record(const std::byte* at) : resource_class(at + kRecordHeadOctets) {
    const std::byte* const owners = resource_class + sizeof(core::Uuid);
    owned = {reinterpret_cast<const OwnedResource*>(owners), load_u32(at + 4)};
    external_id = {reinterpret_cast<const char*>(owners + owned.size_bytes()), load_u32(at)};
  }
  [[nodiscard]] bool is_called(const core::Uuid& of_class, std::string_view id) const {
    return std::memcmp(resource_class, of_class.octets().data(), sizeof(core::Uuid)) == 0 &&
           external_id == id;
  }
};

std::size_t record_octets(const NamedResources& named) {
  return kRecordHeadOctets + sizeof(core::Uuid) + named.owned.size() * sizeof(OwnedResource) +
         named.external_id.size();
}

}  // namespace

ResourceIndex::ResourceIndex(std::span<const NamedResources> all) : names_(all.size()) {
  if (all.empty()) return;
  Pages pages(std::bit_ceil(all.size() * 2 / kNamesPerPageMax + 1));
  std::vector<std::vector<NamedResources>> shares(pages.size());
  for (const NamedResources& named : all) {
    const std::uint64_t hash = hash_of(named.resource_class, named.external_id);
    shares[hash & (pages.size() - 1)].push_back(named);
  }
  std::transform(shares.begin(), shares.end(), pages.begin(),
                 [](const auto& share) { return pack(share); });
  pages_ = std::make_shared<const Pages>(std::move(pages));
}

std::span<const OwnedResource> ResourceIndex::find(const core::Uuid& resource_class,
                                                   std::string_view external_id) const {
  if (pages_ == nullptr) return {};
  const std::uint64_t hash = hash_of(resource_class, external_id);
  const Page& page = (*pages_)[hash & (pages_->size() - 1)];
  const std::byte* const octets = page.octets.get();
  if (octets == nullptr) return {};
  const std::uint32_t tag = tag_of(hash);
  for (std::size_t slot = tag;; ++slot) {
    const std::byte* const at = octets + (slot & (page.slots - 1)) * kSlotOctets;
    const std::uint32_t begin = load_u32(at + 4);
    if (begin == 0) return {};
    if (load_u32(at) != tag) continue;
    core::prefetch(octets + begin, kRecordLinesAhead);
    const Record record{octets + begin};
    if (record.is_called(resource_class, external_id)) return record.owned;
  }
}

/// What becomes of the resources of one name.
struct ResourceIndex::Edit {
  std::vector<core::Uuid> gone;
  std::vector<OwnedResource> come;

  [[nodiscard]] std::vector<OwnedResource> applied_to(std::span<const OwnedResource> owned) const {
    std::vector<core::Uuid> sorted = gone;
    std::sort(sorted.begin(), sorted.end());
    std::vector<OwnedResource> next;
    std::copy_if(owned.begin(), owned.end(), std::back_inserter(next),
                 [&](const OwnedResource& each) {
                   return !std::binary_search(sorted.begin(), sorted.end(), each.id);
                 });
    next.insert(next.end(), come.begin(), come.end());
    return next;
  }
};

ResourceIndex ResourceIndex::changed(std::span<const NamedResource> gone,
                                     std::span<const NamedResource> come) const {
  if (gone.empty() && come.empty()) return *this;
  Pages pages = pages_ == nullptr ? Pages(1) : *pages_;
  std::map<std::size_t, Edits> edits_of;  // by the place of the page
  const auto edit_of = [&](const NamedResource& each) -> Edit& {
    const std::uint64_t hash = hash_of(each.resource_class, each.external_id);
    return edits_of[hash & (pages.size() - 1)][{each.resource_class, each.external_id}];
  };
  for (const NamedResource& each : gone) edit_of(each).gone.push_back(each.owned.id);
  for (const NamedResource& each : come) edit_of(each).come.push_back(each.owned);

  std::size_t names = names_;
  for (const auto& [place, edits] : edits_of) {
    Page next = pack(edited(pages[place], edits));
    names = names - pages[place].names + next.names;
    pages[place] = std::move(next);
  }
  return over(std::move(pages), names);
}

ResourceIndex ResourceIndex::with(const core::Uuid& resource_class, std::string_view external_id,
                                  const OwnedResource& owned) const {
  const NamedResource come{resource_class, external_id, owned};
  return changed({}, {&come, 1});
}

ResourceIndex ResourceIndex::without(const core::Uuid& resource_class, std::string_view external_id,
                                     const core::Uuid& id) const {
  const NamedResource gone{resource_class, external_id, {id, {}}};
  return changed({&gone, 1}, {});
}

/// What is to be in the place of `page`, which is one of this index.
std::vector<NamedResources> ResourceIndex::edited(const Page& page, const Edits& edits) const {
  std::vector<NamedResources> names = unpack(page);
  std::erase_if(names, [&](const NamedResources& each) {
    return edits.count({each.resource_class, each.external_id}) != 0;
  });
  for (const auto& [name, edit] : edits) {
    auto owned = edit.applied_to(find(name.first, name.second));
    if (!owned.empty()) {
      names.push_back({name.first, std::string{name.second}, std::move(owned)});
    }
  }
  return names;
}

/// An index over these pages with so many names; over others when these are too full or too empty.
ResourceIndex ResourceIndex::over(Pages pages, std::size_t names) {
  if (names == 0) return {};
  const bool fits = names <= pages.size() * kNamesPerPageMax &&
                    (pages.size() == 1 || names >= pages.size() * kNamesPerPageMin);
  if (fits) {
    ResourceIndex index;
    index.names_ = names;
    index.pages_ = std::make_shared<const Pages>(std::move(pages));
    return index;
  }
  std::vector<NamedResources> all;
  all.reserve(names);
  for (const Page& each : pages) {
    for (NamedResources& named : unpack(each)) all.push_back(std::move(named));
  }
  return ResourceIndex{all};
}

ResourceIndex::Page ResourceIndex::pack(std::span<const NamedResources> all) {
  if (all.empty()) return {};
  Page page;
  page.names = static_cast<std::uint32_t>(all.size());
  page.slots = std::bit_ceil(page.names * 2);
  std::size_t size = page.slots * kSlotOctets;
  for (const NamedResources& named : all) size += record_octets(named);
  const auto octets = std::make_shared<std::byte[]>(size);
  Writer records{octets.get(), page.slots * kSlotOctets};
  for (const NamedResources& named : all) {
    const std::uint32_t tag = tag_of(hash_of(named.resource_class, named.external_id));
    std::size_t slot = tag & (page.slots - 1);
    while (load_u32(octets.get() + slot * kSlotOctets + 4) != 0)
      slot = (slot + 1) & (page.slots - 1);
    Writer place{octets.get(), slot * kSlotOctets};
    place.number(tag);
    place.number(records.at());

    records.number(named.external_id.size());
    records.number(named.owned.size());
    records.octets(named.resource_class.octets().data(), sizeof(core::Uuid));
    records.octets(named.owned.data(), named.owned.size() * sizeof(OwnedResource));
    records.octets(named.external_id.data(), named.external_id.size());
  }
  page.octets = octets;
  return page;
}

std::vector<NamedResources> ResourceIndex::unpack(const Page& page) {
  std::vector<NamedResources> all;
  for (std::size_t slot = 0; slot < page.slots; ++slot) {
    const std::uint32_t begin = load_u32(page.octets.get() + slot * kSlotOctets + 4);
    if (begin == 0) continue;
    const Record record{page.octets.get() + begin};
    std::array<std::uint8_t, sizeof(core::Uuid)> resource_class{};
    std::memcpy(resource_class.data(), record.resource_class, resource_class.size());
    all.push_back({core::Uuid{resource_class},
                   std::string{record.external_id},
                   {record.owned.begin(), record.owned.end()}});
  }
  return all;
}

}  // namespace registry::authorization
