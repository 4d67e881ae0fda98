#include "core/files/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace core {
namespace {

/// RFC 3720 appendix B.4, as numbers rather than as octets on the wire.
struct Vector {
  std::string octets;
  std::uint32_t crc;
};

std::vector<Vector> vectors() {
  std::string up(32, '\0');
  std::string down(32, '\0');
  for (std::size_t i = 0; i < 32; ++i) {
    up[i] = static_cast<char>(i);
    down[i] = static_cast<char>(31 - i);
  }
  return {{std::string(32, '\0'), 0x8A9136AA},
          {std::string(32, '\xFF'), 0x62A8AB43},
          {up, 0x46DD794E},
          {down, 0x113FDB5C},
          {"123456789", 0xE3069283},
          {"", 0}};
}

TEST(Crc32c, GivesThePublishedValues) {
  for (const Vector& vector : vectors()) {
    EXPECT_EQ(crc32c(octets_of(vector.octets)), vector.crc);
    EXPECT_EQ(crc32c_portable(octets_of(vector.octets)), vector.crc);
  }
}

TEST(Crc32c, GoesOnFromWhatCameBeforeAtEveryCut) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += static_cast<char>(i * 37);
  const Octets all = octets_of(text);
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    EXPECT_EQ(crc32c(all.subspan(cut), crc32c(all.first(cut))), crc32c(all));
    EXPECT_EQ(crc32c_portable(all.subspan(cut), crc32c_portable(all.first(cut))), crc32c(all));
  }
}

}  // namespace
}  // namespace core
