#include "amqp/store/segment_scanner.h"

#include <algorithm>

namespace amqp::store {
namespace {

bool all_zero(core::Octets octets) {
  return std::all_of(octets.begin(), octets.end(),
                     [](std::byte octet) { return octet == std::byte{0}; });
}

}  // namespace

core::Octets SegmentScanner::view(std::uint64_t offset, std::size_t size) {
  if (offset >= size_) return {};
  size = static_cast<std::size_t>(std::min<std::uint64_t>(size, size_ - offset));
  if (offset < window_offset_ || offset + size > window_offset_ + window_size_) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(std::max(size, kWindow), size_ - offset));
    if (window_.size() < wanted) window_.resize(wanted);
    const auto got = file_.read(offset, std::span{window_}.first(wanted));
    if (!got) read_error_ = got.error().message();
    // What cannot be read counts as zeros: nothing begins there.
    std::fill(window_.begin() + static_cast<std::ptrdiff_t>(got ? *got : 0),
              window_.begin() + static_cast<std::ptrdiff_t>(wanted), std::byte{0});
    window_offset_ = offset;
    window_size_ = wanted;
  }
  const std::size_t at = static_cast<std::size_t>(offset - window_offset_);
  return core::Octets{window_}.subspan(at, std::min(size, window_size_ - at));
}

SegmentScanner::Start SegmentScanner::start() {
  const auto size = file_.size();
  if (!size) {
    add_damage(0, 0, size.error().message(), true);
    return Start::damaged;
  }
  size_ = *size;
  const auto header = decode_segment_header(view(0, kSegmentStart));
  if (!header && header.error() == HeaderFault::unknown_version) return Start::unknown_version;
  if (!header && only_zeros_from(0)) return Start::empty;
  if (!header || header->number != number_) {
    add_damage(0, size_, header ? "header of another segment" : "no readable header", true);
    return Start::damaged;
  }
  header_ = *header;
  offset_ = end_ = kSegmentStart;
  last_sequence_ = header_.first_sequence - 1;
  return Start::ready;
}

bool SegmentScanner::only_zeros_from(std::uint64_t offset) {
  while (offset < size_) {
    const auto data = file_.next_data(offset);
    if (data) offset = *data;
    const core::Octets octets = view(offset, kWindow);
    if (!all_zero(octets) || (octets.empty() && offset < size_)) return false;
    offset += octets.size();
  }
  return true;
}

core::Result<RecordView, RecordFault> SegmentScanner::record_at(std::uint64_t offset) {
  const core::Octets head = view(offset, kRecordHeadSize);
  if (head.size() < kRecordHeadSize) return core::Unexpected{RecordFault::incomplete};
  const auto length = record_length(head);
  const auto decoded = decode_record(length ? view(offset, *length) : head, header_.seed);
  if (decoded && decoded->sequence <= last_sequence_) return core::Unexpected{RecordFault::kind};
  return decoded;
}

RecordView SegmentScanner::accept(RecordView record) {
  record.offset = static_cast<std::uint32_t>(offset_);
  last_sequence_ = record.sequence;
  offset_ += record.size;
  end_ = offset_;
  return record;
}

std::optional<RecordView> SegmentScanner::next() {
  if (offset_ >= size_) return std::nullopt;
  const auto record = record_at(offset_);
  if (record) return accept(*record);
  const std::uint64_t bad = offset_;
  if (all_zero(view(bad, kRecordHeadSize)) && read_error_.empty() && only_zeros_from(bad)) {
    offset_ = size_;
    return std::nullopt;
  }
  const std::string reason = read_error_.empty() ? text_of(record.error()) : read_error_;
  const auto found = search(bad + kAlignment);
  add_damage(bad, found ? offset_ : size_, reason, !found);
  if (!found) {
    offset_ = size_;
    return std::nullopt;
  }
  intact_since_ = found->sequence;
  return accept(*found);
}

bool SegmentScanner::may_begin(std::uint64_t offset) {
  const core::Octets head = view(offset, kRecordHeadSize);
  if (head.size() < kRecordHeadSize) return false;
  const auto length = record_length(head);
  if (!length || *length > size_ - offset) return false;
  const auto sequence = load_little<std::uint64_t>(head.data() + 8);
  // Each record takes at least its head, so sequences cannot have gone further than this.
  return sequence > last_sequence_ && sequence - last_sequence_ <= size_ / kRecordHeadSize;
}

std::uint64_t SegmentScanner::skip_zeros(std::uint64_t offset) {
  while (offset < size_) {
    if (view(offset, 1).empty()) break;
    const core::Octets rest = core::Octets{window_}
                                  .first(window_size_)
                                  .subspan(static_cast<std::size_t>(offset - window_offset_));
    const auto data = std::find_if(rest.begin(), rest.end(),
                                   [](std::byte octet) { return octet != std::byte{0}; });
    offset += static_cast<std::uint64_t>(data - rest.begin());
    if (data != rest.end()) return offset / kAlignment * kAlignment;
    // Reserved zeros may go on for long: the file system knows, and is asked once a window.
    if (const auto next = file_.next_data(offset)) offset = std::max(offset, *next);
  }
  return size_;
}

std::optional<RecordView> SegmentScanner::search(std::uint64_t from) {
  for (offset_ = from; offset_ + kRecordHeadSize <= size_; offset_ += kAlignment) {
    if (all_zero(view(offset_, kAlignment))) {
      offset_ = skip_zeros(offset_);
      if (offset_ + kRecordHeadSize > size_) break;
    }
    if (!may_begin(offset_)) continue;
    if (searched_ > kSearchMax) return std::nullopt;
    const auto record = record_at(offset_);
    searched_ += *record_length(view(offset_, kRecordHeadSize));
    if (record) return *record;
  }
  return std::nullopt;
}

void SegmentScanner::add_damage(std::uint64_t offset, std::uint64_t end, const std::string& reason,
                                bool tail) {
  damage_.push_back({number_, offset, end - offset, reason, tail});
}

}  // namespace amqp::store
