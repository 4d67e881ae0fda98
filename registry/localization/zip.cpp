#include "registry/localization/zip.h"

#include <zlib.h>

#include <utility>

#include "core/base/check.h"
#include "registry/localization/zip_directory.h"

namespace registry::localization {
namespace {

using Unpacked = core::Result<std::string, BundleError>;

core::Unexpected<BundleError> damaged(const ZipEntry& entry) {
  return core::Unexpected{BundleError{"'" + entry.name + "' is damaged."}};
}

/// zlib's state for one file.
class Inflater {
 public:
  Inflater() { CORE_CHECK(inflateInit2(&stream_, kRawDeflate) == Z_OK); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  /// Whether `packed` is one whole deflated text of exactly the size of `out`.
  [[nodiscard]] bool unpack(core::Octets packed, std::string& out) {
    // zlib's interface is of a time before const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    // An empty text needs somewhere to end, too.
    Bytef nowhere = 0;
    stream_.next_out = out.empty() ? &nowhere : reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream_, Z_FINISH);
    return result == Z_STREAM_END && stream_.total_out == out.size() && stream_.avail_in == 0;
  }

 private:
  static constexpr int kRawDeflate = -MAX_WBITS;  // without zlib's own header
  z_stream stream_{};
};

bool unpack(const ZipEntry& entry, std::string& out) {
  if (entry.method == ZipEntry::Method::stored) {
    if (entry.packed.size() != entry.size) return false;
    out = core::text_of(entry.packed);
    return true;
  }
  out.resize(entry.size);  // at most file_octets_max
  return Inflater{}.unpack(entry.packed, out);
}

Unpacked content_of(const ZipEntry& entry) {
  std::string content;
  if (!unpack(entry, content)) return damaged(entry);
  const auto* octets = reinterpret_cast<const Bytef*>(content.data());
  if (crc32(0, octets, static_cast<uInt>(content.size())) != entry.checksum) return damaged(entry);
  return content;
}

}  // namespace

core::Result<std::vector<ZipFile>, BundleError> read_zip(core::Octets archive,
                                                         const ZipLimits& limits) {
  auto entries = read_directory(archive, limits);
  if (!entries) return core::Unexpected{std::move(entries).error()};
  std::vector<ZipFile> files;
  for (const ZipEntry& entry : *entries) {
    auto content = content_of(entry);
    if (!content) return core::Unexpected{std::move(content).error()};
    files.push_back({entry.name, *std::move(content)});
  }
  return files;
}

}  // namespace registry::localization
