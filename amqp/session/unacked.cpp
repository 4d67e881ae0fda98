#include "amqp/session/unacked.h"

#include <algorithm>

#include "core/base/check.h"

namespace amqp::session {

void Unacked::add(std::uint64_t tag, const port::Settled& delivery) {
  CORE_CHECK(entries_.empty() || entries_.back().tag < tag);
  entries_.push_back(Entry{tag, delivery});
  if (delivery.consumer != port::ConsumerId{}) ++of_consumers_;
}

std::optional<std::vector<port::Settled>> Unacked::take(std::uint64_t tag, bool multiple) {
  if (multiple && tag == 0) return take_all();
  const auto found = find(tag);
  if (found == entries_.end()) return std::nullopt;

  std::vector<port::Settled> taken;
  if (multiple) {
    for (auto entry = entries_.begin(); entry != found; ++entry) {
      if (!entry->settled) take_one(*entry, taken);
    }
  }
  take_one(*found, taken);
  close_holes();
  return taken;
}

std::vector<port::Settled> Unacked::take_all() {
  std::vector<port::Settled> taken;
  taken.reserve(size());
  for (Entry& entry : entries_) {
    if (!entry.settled) take_one(entry, taken);
  }
  close_holes();
  return taken;
}

Unacked::Entries::iterator Unacked::find(std::uint64_t tag) {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), tag,
                       [](const Entry& entry, std::uint64_t wanted) { return entry.tag < wanted; });
  const bool outstanding = found != entries_.end() && found->tag == tag && !found->settled;
  return outstanding ? found : entries_.end();
}

void Unacked::take_one(Entry& entry, std::vector<port::Settled>& out) {
  out.push_back(entry.delivery);
  entry.settled = true;
  ++holes_;
  if (entry.delivery.consumer != port::ConsumerId{}) --of_consumers_;
}

void Unacked::close_holes() {
  while (!entries_.empty() && entries_.front().settled) {
    entries_.pop_front();
    --holes_;
  }
  // Moving the others together costs their number, and happens only after as many were settled.
  constexpr std::size_t kHolesMin = 64;
  if (holes_ < kHolesMin || holes_ <= size()) return;
  std::erase_if(entries_, [](const Entry& entry) { return entry.settled; });
  holes_ = 0;
}

}  // namespace amqp::session
