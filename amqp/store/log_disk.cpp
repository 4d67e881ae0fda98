#include "amqp/store/log_disk.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/check.h"

namespace amqp::store {
namespace {

constexpr std::size_t kNameDigits = 16;
constexpr std::uint64_t kGapMax = 65536;  // octets read for nothing between two records
constexpr std::array<std::byte, kAlignment> kZeros{};

WriteOutcome failed(WriteOutcome::Step step, std::uint64_t segment, std::error_code error) {
  WriteOutcome outcome;
  outcome.step = step;
  outcome.segment = segment;
  outcome.error = error;
  return outcome;
}

}  // namespace

std::string segment_name(std::uint64_t number) {
  std::string name(kNameDigits, '0');
  for (std::size_t i = kNameDigits; i-- > 0; number >>= 4U)
    name[i] = "0123456789abcdef"[number & 15U];
  return name;
}

std::optional<std::uint64_t> segment_number(std::string_view name) {
  if (name.size() != kNameDigits) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number, 16);
  if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  if (number == 0 || segment_name(number) != name) return std::nullopt;
  return number;
}

LogDisk::LogDisk(core::Files& files, std::string folder, std::uint32_t shard, std::uint64_t seed)
    : files_(files), folder_(std::move(folder)), shard_(shard), seed_(seed) {}

std::string LogDisk::path(std::uint64_t segment) const {
  return folder_ + "/" + segment_name(segment);
}

std::uint64_t LogDisk::seed_of(std::uint64_t segment) const {
  return (seed_ ^ segment) * 0x9E3779B97F4A7C15U;  // one seed for each, by a bijection
}

LogDisk::Open& LogDisk::keep(Open open) {
  if (open_.size() >= kOpenMax) open_.erase(open_.begin());
  open_.push_back(std::move(open));
  return open_.back();
}

void LogDisk::close(std::uint64_t segment) {
  std::erase_if(open_, [segment](const Open& open) { return open.segment == segment; });
}

core::FileResult<LogDisk::Open*> LogDisk::open(std::uint64_t segment) {
  const auto known = std::find_if(open_.begin(), open_.end(),
                                  [&](const Open& open) { return open.segment == segment; });
  if (known != open_.end()) {
    std::rotate(known, known + 1, open_.end());
    return &open_.back();
  }
  auto file = files_.open(path(segment), core::OpenMode::write);
  if (!file) return core::Unexpected{file.error()};
  std::array<std::byte, kSegmentStart> start{};
  if (const auto got = (*file)->read(0, start); !got) return core::Unexpected{got.error()};
  const auto header = decode_segment_header(start);
  if (!header) return core::Unexpected{std::make_error_code(std::errc::illegal_byte_sequence)};
  return &keep({segment, header->seed, *std::move(file)});
}

core::FileResult<LogDisk::Open*> LogDisk::create(const LogBatch::Part& part) {
  close(part.segment);
  auto file = files_.open(path(part.segment), core::OpenMode::create);
  // It is there already when this batch was tried before.
  if (!file && file.error() == std::errc::file_exists) {
    file = files_.open(path(part.segment), core::OpenMode::write);
  }
  if (!file) return core::Unexpected{file.error()};
  // Without reserved room it works as well, only slower; whether there is room, the write will say.
  static_cast<void>((*file)->reserve(part.capacity));
  const std::uint64_t seed = seed_of(part.segment);
  const auto header = encode_segment_header({shard_, part.segment, part.first_sequence, seed});
  const std::array slices{core::Octets{header}};
  if (const auto error = (*file)->write(0, slices)) return core::Unexpected{error};
  return &keep({part.segment, seed, *std::move(file)});
}

WriteOutcome LogDisk::write(LogBatch& batch, bool look_at_space) {
  WriteOutcome outcome;
  std::error_code close_error;
  std::size_t index = batch.parts_done();
  for (; index < batch.parts().size() && outcome.step == WriteOutcome::Step::done; ++index) {
    outcome = write_part(batch, index);
    if (outcome.close_error) close_error = outcome.close_error;
  }
  outcome.close_error = close_error;
  outcome.parts_done = outcome.step == WriteOutcome::Step::done ? index : index - 1;
  if (look_at_space) {
    if (const auto free = free_octets()) outcome.free_octets = *free;
  }
  return outcome;
}

WriteOutcome LogDisk::write_part(LogBatch& batch, std::size_t index) {
  using Step = WriteOutcome::Step;
  const auto& parts = batch.parts();
  const LogBatch::Part& part = parts[index];
  const std::size_t last =
      index + 1 < parts.size() ? parts[index + 1].first_record : batch.records().size();
  WriteOutcome outcome;
  if (part.closes != 0) outcome.close_error = cut(part.closes, part.closed_size);

  const auto segment = part.creates ? create(part) : open(part.segment);
  if (!segment) return failed(Step::create, part.segment, segment.error());
  core::File& file = *(*segment)->file;
  gather(batch, part.first_record, last, (*segment)->seed);
  if (const auto error = file.write(batch.records()[part.first_record].place.offset, slices_)) {
    return failed(Step::write, part.segment, error);
  }
  if (const auto error = file.sync()) return failed(Step::sync, part.segment, error);
  if (part.creates) {
    if (const auto error = files_.sync_folder(folder_)) {
      return failed(Step::sync, part.segment, error);
    }
  }
  return outcome;
}

void LogDisk::gather(LogBatch& batch, std::size_t first, std::size_t last, std::uint64_t seed) {
  slices_.clear();
  const auto add = [this](const std::byte* data, std::size_t size) {
    if (size == 0) return;
    if (!slices_.empty() && slices_.back().data() + slices_.back().size() == data) {
      slices_.back() = {slices_.back().data(), slices_.back().size() + size};
    } else {
      slices_.emplace_back(data, size);
    }
  };
  for (std::size_t i = first; i < last; ++i) {
    const BatchRecord& record = batch.records()[i];
    std::byte* front = batch.front_of(record);
    store_little(front + 4, record_checksum({front, record.front_size}, record.body, seed));
    if (record.body.empty()) {
      add(front, record.place.size);  // its zeros are behind it
    } else {
      add(front, record.front_size);
      add(record.body.data(), record.body.size());
      add(kZeros.data(), record.place.size - record.front_size - record.body.size());
    }
  }
}

ReadOutcome LogDisk::read(std::span<const LogPlace> places) {
  ReadOutcome outcome;
  outcome.messages.reserve(places.size());
  while (!places.empty()) {
    const LogPlace& first = places.front();
    std::uint64_t end = std::uint64_t{first.offset} + first.size;
    std::size_t count = 1;
    for (; count < places.size(); ++count) {
      const LogPlace& next = places[count];
      if (next.segment != first.segment || next.offset < end || next.offset - end > kGapMax) break;
      if (next.offset + std::uint64_t{next.size} - first.offset > MessageLog::kReadAheadMax) break;
      end = std::uint64_t{next.offset} + next.size;
    }
    read_near(places.first(count), outcome);
    places = places.subspan(count);
  }
  return outcome;
}

void LogDisk::read_near(std::span<const LogPlace> places, ReadOutcome& outcome) {
  const LogPlace& first = places.front();
  const std::size_t size = places.back().offset + places.back().size - first.offset;
  std::error_code error;
  std::uint64_t seed = 0;
  std::size_t got = 0;
  if (buffer_.size() < size) buffer_.resize(size);
  if (const auto segment = open(first.segment); !segment) {
    error = segment.error();
  } else if (const auto read = (*segment)->file->read(first.offset, std::span{buffer_}.first(size));
             !read) {
    error = read.error();
  } else {
    seed = (*segment)->seed;
    got = *read;
  }
  for (const LogPlace& place : places) {
    const std::size_t at = place.offset - first.offset;
    const core::Octets octets =
        core::Octets{buffer_}
            .first(got)
            .subspan(std::min(at, got))
            .first(std::min<std::size_t>(place.size, got - std::min(at, got)));
    const auto record = decode_record(octets, seed);
    const bool good = !error && record && record->kind == RecordKind::message;
    outcome.messages.push_back(good ? port::make_message(decode_message(*record).parts)
                                    : port::MessagePtr{});
    if (!good) outcome.failures.push_back({place, error});
  }
  if (buffer_.size() > 2 * MessageLog::kReadAheadMax) buffer_ = {};
}

std::error_code LogDisk::remove(std::uint64_t segment) {
  close(segment);
  const std::error_code error = files_.remove(path(segment));
  if (error && error != std::errc::no_such_file_or_directory) return error;
  return files_.sync_folder(folder_);
}

std::error_code LogDisk::cut(std::uint64_t segment, std::uint64_t size) {
  const auto opened = open(segment);
  return opened ? (*opened)->file->truncate(size) : opened.error();
}

ScanStep LogDisk::scan(std::uint64_t segment, std::size_t octets_max) {
  ScanStep step;
  if (scan_.segment != segment) {
    scan_ = {};
    auto file = files_.open(path(segment), core::OpenMode::read);
    if (!file) {
      step.damage.push_back({segment, 0, 0, file.error().message(), true});
      step.at_end = true;
      return step;
    }
    scan_ = {segment, *std::move(file), nullptr};
    scan_.scanner = std::make_unique<SegmentScanner>(*scan_.file, segment);
    if (scan_.scanner->start() != SegmentScanner::Start::ready) step.at_end = true;
  }
  for (std::size_t octets = 0; !step.at_end && octets < octets_max;) {
    const auto record = scan_.scanner->next();
    step.at_end = !record;
    if (!record || record->kind != RecordKind::message) continue;
    const MessageRecord message = decode_message(*record);
    step.found.push_back({message.facts,
                          {segment, record->offset, record->size},
                          port::make_message(message.parts)});
    octets += record->size;
  }
  if (step.at_end) {
    step.damage = scan_.scanner->damage();
    scan_ = {};
  }
  return step;
}

}  // namespace amqp::store
