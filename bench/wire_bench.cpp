// The codec on the path of a message: what a publish costs to read, a delivery to write.

#include <benchmark/benchmark.h>

#include "amqp/wire/delivery.h"
#include "amqp/wire/methods.h"
#include "amqp/wire/properties.h"

namespace {

using namespace amqp::wire;

constexpr FrameMax kFrameMax{131072};

Properties request_properties() {
  Properties properties;
  properties.content_type = "application/json";
  properties.correlation_id = "0123456789abcdef0123456789abcdef";
  properties.reply_to = "vcd.replyQueue.0f8fad5b-d9cb-469f-a165-70867728950e";
  properties.headers.emplace().set("replyToExchange", FieldValue::long_string("vcd.replyExchange"));
  return properties;
}

core::Buffer published(std::size_t body_size) {
  core::Buffer properties;
  encode_properties(request_properties(), properties);
  core::Buffer out;
  encode_method_frame(ChannelId{1}, BasicPublish{0, "backup", "backup.request", false, false}, out);
  encode_content_header(ChannelId{1}, {kBasicClass, body_size, properties.octets()}, out);
  encode_frame(FrameType::body, ChannelId{1}, core::octets_of(std::string(body_size, 'b')), out);
  return out;
}

void read_publish(benchmark::State& state) {
  const core::Buffer input = published(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    core::Octets rest = input.octets();
    while (!rest.empty()) {
      const auto decoded = decode_frame(rest, kFrameMax);
      const DecodedFrame& whole = **decoded;
      if (whole.frame.type == FrameType::method) {
        benchmark::DoNotOptimize(decode_method_as<BasicPublishView>(whole.frame.payload));
      } else if (whole.frame.type == FrameType::header) {
        benchmark::DoNotOptimize(decode_content_header(whole.frame.payload));
      }
      rest = rest.subspan(whole.size);
    }
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_publish)->Arg(100)->Arg(10'000)->ArgName("body_octets");

void read_publish_owning(benchmark::State& state) {
  core::Buffer payload;
  encode_method(BasicPublish{0, "backup", "backup.request", false, false}, payload);
  for (auto _ : state) benchmark::DoNotOptimize(decode_method(payload.octets()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_publish_owning);

void write_delivery_in_pieces(benchmark::State& state) {
  core::Buffer properties;
  encode_properties(request_properties(), properties);
  const std::string text(static_cast<std::size_t>(state.range(0)), 'b');
  const core::SharedBytes body = core::SharedBytes::copy_of(core::octets_of(text));
  core::Output out;
  for (auto _ : state) {
    const BasicDeliverView deliver{"ctag", 7, false, "backup", "backup.request"};
    encode_method_frame(ChannelId{1}, deliver, out.tail());
    encode_content_header(ChannelId{1}, {kBasicClass, body.size(), properties.octets()},
                          out.tail());
    encode_body(ChannelId{1}, body, kFrameMax, out);
    benchmark::DoNotOptimize(out.size());
    out.consume(out.size());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(write_delivery_in_pieces)->Arg(100)->Arg(10'000)->ArgName("body_octets");

void write_delivery(benchmark::State& state) {
  core::Buffer properties;
  encode_properties(request_properties(), properties);
  const std::string text(static_cast<std::size_t>(state.range(0)), 'b');
  const core::SharedBytes body = core::SharedBytes::copy_of(core::octets_of(text));
  core::Output out;
  for (auto _ : state) {
    const BasicDeliverView deliver{"ctag", 7, false, "backup", "backup.request"};
    encode_delivery(ChannelId{1}, deliver, properties.octets(), body, kFrameMax, out);
    benchmark::DoNotOptimize(out.size());
    out.consume(out.size());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(write_delivery)->Arg(16)->Arg(100)->Arg(1024)->Arg(10'000)->ArgName("body_octets");

void view_request_properties(benchmark::State& state) {
  core::Buffer properties;
  encode_properties(request_properties(), properties);
  for (auto _ : state) benchmark::DoNotOptimize(view_properties(properties.octets()));
}
BENCHMARK(view_request_properties);

void decode_request_properties(benchmark::State& state) {
  core::Buffer properties;
  encode_properties(request_properties(), properties);
  for (auto _ : state) benchmark::DoNotOptimize(decode_properties(properties.octets()));
}
BENCHMARK(decode_request_properties);

}  // namespace
