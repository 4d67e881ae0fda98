#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/encoding/base64.h"

namespace {

/// EVP's block decoder keeps padding as zero octets and skips blanks at the ends: it agrees with
/// ours on every text that ours takes strictly.
void compare_with_openssl(std::string_view text, std::string_view ours) {
  if (text.empty()) return;
  std::vector<unsigned char> theirs(text.size());
  const int size =
      EVP_DecodeBlock(theirs.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  CORE_CHECK(size >= 0 && static_cast<std::size_t>(size) >= ours.size());
  CORE_CHECK(std::string_view(reinterpret_cast<const char*>(theirs.data()), ours.size()) == ours);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};

  core::Buffer encoded;
  core::append_base64(encoded, core::octets_of(text));
  std::vector<unsigned char> theirs(core::base64_size(size) + 1);
  const int length = EVP_EncodeBlock(theirs.data(), data, static_cast<int>(size));
  CORE_CHECK(encoded.text() == std::string_view(reinterpret_cast<const char*>(theirs.data()),
                                                static_cast<std::size_t>(length)));
  core::Buffer back;
  CORE_CHECK(core::decode_base64(encoded.text(), core::Base64::strict, back));
  CORE_CHECK(back.text() == text);

  core::Buffer strict;
  core::Buffer lenient;
  const bool is_strict = core::decode_base64(text, core::Base64::strict, strict);
  const bool is_lenient = core::decode_base64(text, core::Base64::lenient, lenient);
  CORE_CHECK(!is_strict || is_lenient);
  if (is_strict) {
    CORE_CHECK(strict.text() == lenient.text());
    compare_with_openssl(text, strict.text());
    core::Buffer same;
    core::append_base64(same, strict.octets());
    CORE_CHECK(same.text() == text);
  }
  return 0;
}
