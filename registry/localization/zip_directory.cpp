#include "registry/localization/zip_directory.h"

#include <algorithm>
#include <optional>
#include <string_view>

/// The parts of an archive that are read here, all numbers little-endian:
///
///   end of the directory  := 0x06054b50 u32 | disk u16 | first disk u16 | entries here u16 |
///                            entries u16 | size u32 | offset u32 | comment length u16 | comment
///   entry of a directory  := 0x02014b50 u32 | made by u16 | needs u16 | flags u16 | method u16 |
///                            time u16 | date u16 | crc u32 | packed size u32 | size u32 |
///                            name length u16 | extra length u16 | comment length u16 | disk u16 |
///                            attributes u16 u32 | offset u32 | name | extra | comment
///   file                  := 0x04034b50 u32 | needs u16 | flags u16 | method u16 | time u16 |
///                            date u16 | crc u32 | packed size u32 | size u32 | name length u16 |
///                            extra length u16 | name | extra | packed octets
namespace registry::localization {
namespace {

constexpr std::uint32_t kEndMark = 0x06054b50;
constexpr std::uint32_t kEntryMark = 0x02014b50;
constexpr std::uint32_t kFileMark = 0x04034b50;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kFileSize = 30;
constexpr std::size_t kCommentMax = 0xFFFF;
constexpr std::uint16_t kEncrypted = 1;  // a bit of flags

core::Unexpected<BundleError> broken(std::string text) {
  return core::Unexpected{BundleError{std::move(text)}};
}

std::uint16_t load_u16(core::Octets octets, std::size_t at) {
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(octets[at]) |
                                    (std::to_integer<unsigned>(octets[at + 1]) << 8U));
}
std::uint32_t load_u32(core::Octets octets, std::size_t at) {
  return load_u16(octets, at) | (static_cast<std::uint32_t>(load_u16(octets, at + 2)) << 16U);
}

/// The part of `octets` from `offset` on; nullopt when it is not all there.
std::optional<core::Octets> part(core::Octets octets, std::size_t offset, std::size_t size) {
  if (offset > octets.size() || size > octets.size() - offset) return std::nullopt;
  return octets.subspan(offset, size);
}

/// The end of the directory is the last thing in an archive but for a comment.
std::optional<core::Octets> find_end(core::Octets archive) {
  if (archive.size() < kEndSize) return std::nullopt;
  const std::size_t last = archive.size() - kEndSize;
  const std::size_t first = last > kCommentMax ? last - kCommentMax : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (load_u32(archive, at) != kEndMark) continue;
    if (load_u16(archive, at + 20) == last - at) return archive.subspan(at);
  }
  return std::nullopt;
}

/// The packed octets of the file whose beginning is at `offset`.
std::optional<core::Octets> packed_at(core::Octets archive, std::size_t offset, std::size_t size) {
  const auto head = part(archive, offset, kFileSize);
  if (!head || load_u32(*head, 0) != kFileMark) return std::nullopt;
  const std::size_t names = std::size_t{load_u16(*head, 26)} + load_u16(*head, 28);
  return part(archive, offset + kFileSize + names, size);
}

core::Result<ZipEntry, BundleError> read_entry(core::Octets archive, core::Octets head,
                                               std::string name, const ZipLimits& limits) {
  ZipEntry entry;
  entry.name = std::move(name);
  if ((load_u16(head, 8) & kEncrypted) != 0) return broken("'" + entry.name + "' is encrypted.");
  const std::uint16_t method = load_u16(head, 10);
  entry.method = static_cast<ZipEntry::Method>(method);
  if (entry.method != ZipEntry::Method::stored && entry.method != ZipEntry::Method::deflated) {
    return broken("'" + entry.name + "' is packed by a method that is not known here.");
  }
  entry.checksum = load_u32(head, 16);
  entry.size = load_u32(head, 24);
  if (entry.size > limits.file_octets_max) {
    return broken("'" + entry.name + "' has more than " + std::to_string(limits.file_octets_max) +
                  " octets.");
  }
  const auto packed = packed_at(archive, load_u32(head, 42), load_u32(head, 20));
  if (!packed) return broken("'" + entry.name + "' is not in the archive.");
  entry.packed = *packed;
  return entry;
}

}  // namespace

core::Result<std::vector<ZipEntry>, BundleError> read_directory(core::Octets archive,
                                                                const ZipLimits& limits) {
  const auto end = find_end(archive);
  if (!end) return broken("It is not a ZIP archive.");
  const std::size_t count = load_u16(*end, 10);
  if (load_u16(*end, 4) != 0 || load_u16(*end, 6) != 0 || load_u16(*end, 8) != count) {
    return broken("The archive has several parts.");
  }
  if (count > limits.entries_max) {
    return broken("The archive has more than " + std::to_string(limits.entries_max) + " files.");
  }

  std::vector<ZipEntry> entries;
  std::size_t total = 0;
  std::size_t at = load_u32(*end, 16);
  for (std::size_t i = 0; i < count; ++i) {
    const auto head = part(archive, at, kEntrySize);
    if (!head || load_u32(*head, 0) != kEntryMark) return broken("The archive is damaged.");
    const std::size_t name_size = load_u16(*head, 28);
    const auto name = part(archive, at + kEntrySize, name_size);
    if (!name) return broken("The archive is damaged.");
    at += kEntrySize + name_size + load_u16(*head, 30) + load_u16(*head, 32);
    if (name->empty() || name->back() == std::byte{'/'}) continue;  // a folder

    auto entry = read_entry(archive, *head, std::string{core::text_of(*name)}, limits);
    if (!entry) return core::Unexpected{std::move(entry).error()};
    total += entry->size;
    if (total > limits.total_octets_max) {
      return broken("The archive's files have more than " +
                    std::to_string(limits.total_octets_max) + " octets together.");
    }
    entries.push_back(*std::move(entry));
  }
  return entries;
}

}  // namespace registry::localization
