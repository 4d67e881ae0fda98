#include "http/vcloud/uploads.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace http::vcloud {
namespace {

/// Takes a number and the mark behind it off the front of `text`; nullopt when they are not there.
std::optional<std::size_t> take_number(std::string_view& text, std::string_view mark) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(mark)) return std::nullopt;
  text.remove_prefix(mark.size());
  return number;
}

}  // namespace

std::optional<Fragment> read_range(std::string_view content_range, core::Octets body) {
  constexpr std::string_view kUnit = "bytes ";
  if (!content_range.starts_with(kUnit)) return std::nullopt;
  content_range.remove_prefix(kUnit.size());
  const auto first = take_number(content_range, "-");
  const auto last = first ? take_number(content_range, "/") : std::nullopt;
  const auto whole = last ? take_number(content_range, "") : std::nullopt;
  if (!whole || !content_range.empty()) return std::nullopt;
  if (*last < *first || *last >= *whole || *last - *first + 1 != body.size()) return std::nullopt;
  return Fragment{*first, *whole, body};
}

core::Uuid Uploads::announce(const core::Uuid& service, std::size_t size, core::Instant now) {
  forget_old(now);
  if (uploads_.size() == kUploadsMax) {
    uploads_.erase(
        std::min_element(uploads_.begin(), uploads_.end(),
                         [](const Upload& a, const Upload& b) { return a.touched < b.touched; }));
  }
  Upload upload;
  upload.id = core::Uuid::random();
  upload.service = service;
  upload.size = size;
  upload.touched = now;
  uploads_.push_back(std::move(upload));
  return uploads_.back().id;
}

Uploads::Taken Uploads::put(const core::Uuid& id, const Fragment& fragment, core::Instant now) {
  forget_old(now);
  const auto upload = std::find_if(uploads_.begin(), uploads_.end(),
                                   [&](const Upload& each) { return each.id == id; });
  if (upload == uploads_.end()) return core::Unexpected{Refused{Trouble::unknown}};
  if (fragment.whole != upload->size) {
    return core::Unexpected{Refused{Trouble::wrong_size, upload->size}};
  }
  const std::size_t here = upload->octets.size();
  if (fragment.first > here) return core::Unexpected{Refused{Trouble::gap, here}};

  upload->touched = now;
  upload->octets.reserve(upload->size);
  const std::size_t known = std::min(here - fragment.first, fragment.octets.size());
  upload->octets += core::text_of(fragment.octets.subspan(known));
  if (upload->octets.size() < upload->size) return std::optional<Whole>{};
  Whole whole{upload->service, std::move(upload->octets)};
  uploads_.erase(upload);
  return std::optional<Whole>{std::move(whole)};
}

bool Uploads::read(std::string octets, BundleRead done) {
  done(registry::localization::read_bundle(core::octets_of(octets)));
  return true;
}

void Uploads::forget_old(core::Instant now) {
  std::erase_if(uploads_, [&](const Upload& upload) { return upload.touched + kLifetime <= now; });
}

}  // namespace http::vcloud
