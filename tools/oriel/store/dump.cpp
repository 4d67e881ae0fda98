#include "tools/oriel/store/dump.h"

#include "amqp/store/log_disk.h"
#include "amqp/store/segment_scanner.h"
#include "core/json/writer.h"

namespace oriel::store {
namespace {

using amqp::store::RecordKind;
using core::json::Writer;

std::string_view name_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::message:
      return "message";
    case RecordKind::settled:
      return "settled";
    case RecordKind::forgotten:
      return "forgotten";
    case RecordKind::given_out:
      return "given out";
  }
  return "unknown";
}

void write_octets(Writer& json, const char* name, core::Octets octets, bool bodies) {
  json.key(bodies ? std::string{name} : std::string{name} + "_octets");
  if (bodies) {
    json.base64(octets);
  } else {
    json.unsigned_integer(octets.size());
  }
}

void write_message(Writer& json, const amqp::store::RecordView& record, bool bodies) {
  const amqp::store::MessageRecord message = amqp::store::decode_message(record);
  json.member("queue", message.facts.queue.value());
  json.member("position", message.facts.position.value());
  json.member("durable", message.facts.durable);
  json.member("maybe_given_out", message.facts.maybe_given_out);
  if (message.facts.expires) {
    json.member("expires_ms", message.facts.expires->time_since_epoch().count());
  }
  json.member("persistent", message.parts.traits.persistent);
  json.member("priority", std::uint32_t{message.parts.traits.priority});
  json.member("exchange", message.parts.exchange);
  json.member("routing_key", message.parts.routing_key);
  write_octets(json, "properties", message.parts.properties.octets(), bodies);
  write_octets(json, "body", message.parts.body.octets(), bodies);
}

void write_settled(Writer& json, const amqp::store::RecordView& record) {
  json.key("ranges");
  json.begin_array();
  for (std::size_t i = 0; i < amqp::store::settled_count(record); ++i) {
    const amqp::store::SettledRange range = amqp::store::settled_range(record, i);
    json.begin_object();
    json.member("queue", range.queue.value());
    json.member("first", range.first);
    json.member("count", range.count);
    json.end_object();
  }
  json.end_array();
}

void write_given_out(Writer& json, const amqp::store::RecordView& record) {
  json.key("queues");
  json.begin_array();
  for (std::size_t i = 0; i < amqp::store::given_out_count(record); ++i) {
    const amqp::store::GivenOut entry = amqp::store::given_out_entry(record, i);
    json.begin_object();
    json.member("queue", entry.queue.value());
    json.member("up_to", entry.up_to.value());
    json.end_object();
  }
  json.end_array();
}

void write_record(Writer& json, std::uint64_t segment, const amqp::store::RecordView& record,
                  bool bodies) {
  json.begin_object();
  json.member("segment", segment);
  json.member("offset", record.offset);
  json.member("sequence", record.sequence);
  json.member("kind", name_of(record.kind));
  if (record.kind == RecordKind::message) write_message(json, record, bodies);
  if (record.kind == RecordKind::settled) write_settled(json, record);
  if (record.kind == RecordKind::given_out) write_given_out(json, record);
  if (record.kind == RecordKind::forgotten) {
    json.member("queue", amqp::store::forgotten_queue(record).value());
  }
  json.end_object();
}

void write_damage(Writer& json, const amqp::store::Damage& damage) {
  json.begin_object();
  json.member("segment", damage.segment);
  json.member("offset", damage.offset);
  json.member("kind", "damage");
  json.member("octets", damage.octets);
  json.member("reason", damage.reason);
  json.end_object();
}

/// Runs `write(json)` and gives away what it wrote.
template <typename Write>
void give(const std::function<void(std::string_view)>& line, Write&& write) {
  core::Buffer out;
  Writer json{out};
  write(json);
  line(out.text());
}

bool dump_segment(core::File& file, std::uint64_t number, bool bodies,
                  const std::function<void(std::string_view)>& line) {
  amqp::store::SegmentScanner scanner{file, number};
  const auto start = scanner.start();
  if (start == amqp::store::SegmentScanner::Start::ready) {
    while (const auto record = scanner.next()) {
      give(line, [&](Writer& json) { write_record(json, number, *record, bodies); });
    }
  }
  for (const amqp::store::Damage& damage : scanner.damage()) {
    give(line, [&](Writer& json) { write_damage(json, damage); });
  }
  if (start == amqp::store::SegmentScanner::Start::unknown_version) {
    give(line, [&](Writer& json) {
      write_damage(json, {number, 0, scanner.file_size(), "written by a later version", true});
    });
    return false;
  }
  return scanner.damage().empty();
}

}  // namespace

bool dump_log(core::Files& files, const std::string& folder, bool bodies,
              const std::function<void(std::string_view)>& line) {
  const auto names = files.list(folder);
  if (!names) return false;
  bool good = true;
  for (const std::string& name : *names) {
    const auto number = amqp::store::segment_number(name);
    if (!number) continue;
    auto file = files.open(folder + "/" + name, core::OpenMode::read);
    good = file && dump_segment(**file, *number, bodies, line) && good;
  }
  return good;
}

}  // namespace oriel::store
