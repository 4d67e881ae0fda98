#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/localization/bundle.h"

namespace http::vcloud {

/// The octets that a PUT brings: `bytes first-last/whole` of a Content-Range (RFC 9110 §14.4), or
/// all of them.
struct Fragment {
  std::size_t first = 0;
  std::size_t whole = 0;
  core::Octets octets;
};

/// Reads a Content-Range for a body of that many octets; nullopt when it is none, or not of them.
[[nodiscard]] std::optional<Fragment> read_range(std::string_view content_range, core::Octets body);

/// Uploads of localization bundles that were announced and are not all here yet (spec section 3.6).
/// They are in memory only: a restart forgets them, and the client begins anew.
///
/// Home    whoever shares one between shards, as the fragments of an upload may come in on any,
///         overrides its functions and lets one in after the other.
///
/// Bounds: kUploadsMax at a time, where the one that rested longest makes room; each is forgotten
/// kLifetime after its last fragment.
class Uploads {
 public:
  Uploads() = default;
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;
  virtual ~Uploads() = default;

  static constexpr std::size_t kUploadsMax = 8;
  static constexpr core::Duration kLifetime = std::chrono::hours{1};

  /// Expects `size` octets for `service`; gives the upload's id.
  [[nodiscard]] virtual core::Uuid announce(const core::Uuid& service, std::size_t size,
                                            core::Instant now);

  enum class Trouble : std::uint8_t { unknown, wrong_size, gap };
  struct Refused {
    Trouble why;
    std::size_t expected = 0;  // octets of the whole; of a gap, where the fragment is to begin
  };
  struct Whole {
    core::Uuid service;
    std::string octets;
  };
  /// Takes a fragment, which begins where the one before ended; octets that are here already are
  /// read over, so that a fragment may be sent again. Gives all of it with the last one, and
  /// forgets it then.
  using Taken = core::Result<std::optional<Whole>, Refused>;
  [[nodiscard]] virtual Taken put(const core::Uuid& id, const Fragment& fragment,
                                  core::Instant now);

  /// What reading a bundle gives.
  using Bundle = core::Result<std::vector<registry::localization::LocaleTexts>,
                              registry::localization::BundleError>;
  using BundleRead = std::function<void(Bundle)>;
  /// Reads the bundle in `octets`, which takes up to a second, and then calls `done` on the shard
  /// that asks. Here it is read at once; whoever has shards overrides this and reads it where
  /// nobody waits for it. False, and `done` is not called: too many wait to be read already.
  [[nodiscard]] virtual bool read(std::string octets, BundleRead done);

 private:
  struct Upload {
    core::Uuid id;
    core::Uuid service;
    std::size_t size = 0;
    std::string octets;
    core::Instant touched;
  };
  void forget_old(core::Instant now);

  std::vector<Upload> uploads_;
};

}  // namespace http::vcloud
