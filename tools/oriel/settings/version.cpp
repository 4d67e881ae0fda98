#include "tools/oriel/settings/version.h"

#include <fmt/format.h>
#include <llhttp.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#if ORIEL_WITH_MIMALLOC
#include <mimalloc.h>
#endif

#include <asio/version.hpp>

namespace oriel {

std::string version_text() {
  std::string text = fmt::format("oriel {}\n", ORIEL_VERSION);
  text += fmt::format("  asio      {}.{}.{}\n", ASIO_VERSION / 100000, ASIO_VERSION / 100 % 1000,
                      ASIO_VERSION % 100);
  text += fmt::format("  llhttp    {}.{}.{}\n", LLHTTP_VERSION_MAJOR, LLHTTP_VERSION_MINOR,
                      LLHTTP_VERSION_PATCH);
  text += fmt::format("  {}\n", OpenSSL_version(OPENSSL_VERSION));
  text += fmt::format("  SQLite    {}\n", sqlite3_libversion());
#if ORIEL_WITH_MIMALLOC
  const int mimalloc = mi_version();
  text += fmt::format("  mimalloc  {}.{}.{}\n", mimalloc / 100, mimalloc / 10 % 10, mimalloc % 10);
#endif
  return text;
}

}  // namespace oriel
