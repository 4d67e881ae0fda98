#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace registry::localization {

/// A ZIP archive in the making. What is written of a file can be falsified before it is added.
class Archive {
 public:
  struct File {
    std::string name;
    std::string packed;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t checksum = 0;
    std::uint32_t size = 0;
  };

  static File stored(std::string_view name, std::string_view content) {
    File file{std::string{name}, std::string{content}};
    file.checksum = checksum_of(content);
    file.size = static_cast<std::uint32_t>(content.size());
    return file;
  }
  static File deflated(std::string_view name, std::string_view content) {
    File file = stored(name, content);
    file.method = 8;
    file.packed = deflate_of(content);
    return file;
  }

  Archive& add(const File& file) {
    const auto offset = static_cast<std::uint32_t>(octets_.size());
    append(octets_, 0x04034b50, 4);
    append(octets_, 20, 2);
    append_common(octets_, file);
    octets_ += file.name + file.packed;

    append(directory_, 0x02014b50, 4);
    append(directory_, 20, 2);
    append(directory_, 20, 2);
    append_common(directory_, file);
    append(directory_, 0, 2);  // comment
    append(directory_, 0, 2);  // disk
    append(directory_, 0, 2);
    append(directory_, 0, 4);  // attributes
    append(directory_, offset, 4);
    directory_ += file.name;
    ++count_;
    return *this;
  }

  std::string octets(std::string_view comment = {}) const {
    std::string all = octets_ + directory_;
    append(all, 0x06054b50, 4);
    append(all, 0, 2);
    append(all, 0, 2);
    append(all, count_, 2);
    append(all, count_, 2);
    append(all, static_cast<std::uint32_t>(directory_.size()), 4);
    append(all, static_cast<std::uint32_t>(octets_.size()), 4);
    append(all, static_cast<std::uint32_t>(comment.size()), 2);
    return all.append(comment);
  }

 private:
  static void append(std::string& out, std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
  }
  static void append_common(std::string& out, const File& file) {
    append(out, file.flags, 2);
    append(out, file.method, 2);
    append(out, 0, 4);  // time and date
    append(out, file.checksum, 4);
    append(out, static_cast<std::uint32_t>(file.packed.size()), 4);
    append(out, file.size, 4);
    append(out, static_cast<std::uint32_t>(file.name.size()), 2);
    append(out, 0, 2);  // extra
  }
  static std::uint32_t checksum_of(std::string_view content) {
    return static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(content.data()),
                                            static_cast<uInt>(content.size())));
  }
  static std::string deflate_of(std::string_view content) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
  }

  std::string octets_;
  std::string directory_;
  std::uint32_t count_ = 0;
};

}  // namespace registry::localization
