// Segments of the message log: whatever is in the file, recovery comes up, gives what it read in
// order, and says where the rest is. With an even first octet the file gets a good header and good
// checksums, so that the fuzzer is not stopped by those.

#include <string>

#include "amqp/store/recovery.h"
#include "amqp/store/segment_format.h"
#include "core/base/check.h"
#include "core/files/simulated_files.h"

namespace {

using namespace amqp::store;

constexpr std::uint64_t kSeed = 7;

void make_good(std::string& content) {
  const auto header = encode_segment_header({0, 1, 1, kSeed});
  content.insert(0, core::text_of(header));
  std::uint64_t sequence = 0;
  for (std::size_t at = kSegmentStart; at + kRecordHeadSize <= content.size();) {
    const auto rest = std::as_writable_bytes(std::span{content}.subspan(at));
    const auto length = record_length(rest);
    if (!length || *length > rest.size()) return;
    store_little(rest.data() + 8, ++sequence);
    store_little(rest.data() + 4, record_checksum(rest.first(*length), {}, kSeed));
    at += aligned(*length);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string content{reinterpret_cast<const char*>(data + 1), size - 1};
  if (data[0] % 2 == 0) make_good(content);
  core::SimulatedFiles files;
  files.put("/log/" + std::string{"0000000000000001"}, content);

  const auto found = recover(files, "/log", {UINT64_MAX});
  if (!found) return 0;  // a later version
  std::uint64_t live = 0;
  for (const RecoveredQueue& queue : found->queues) {
    std::uint64_t before = 0;
    for (const RecoveredMessage& message : queue.live) {
      CORE_CHECK(live == 0 || before == 0 || message.position.value() > before);
      CORE_CHECK(message.position <= queue.last_position);
      CORE_CHECK(message.message);
      CORE_CHECK(message.place.offset + std::uint64_t{message.place.size} <=
                 content.size() + kAlignment);
      before = message.position.value();
      ++live;
    }
  }
  CORE_CHECK(live == found->report.live_count);
  std::uint64_t end = 0;
  for (const Damage& damage : found->report.damage) {
    CORE_CHECK(damage.offset >= end && damage.offset + damage.octets <= content.size());
    end = damage.offset + damage.octets;
  }
  return 0;
}
