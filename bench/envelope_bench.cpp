#include <benchmark/benchmark.h>

#include <string>

#include "core/encoding/base64.h"
#include "http/dispatch/envelope.h"
#include "http/dispatch/reply.h"

namespace {

using namespace http;

constexpr std::size_t kOpaqueToken = 64;   // of x-vcloud-authorization
constexpr std::size_t kSignedToken = 650;  // a JWT of ours with an RS256 signature

message::Request make_request(std::size_t body_octets, std::size_t token_octets = kOpaqueToken) {
  message::Request request;
  request.method = "POST";
  request.target.path = "/api/org/0f8c3c1e-5a83-4a5e-9a6e-1f0c0b9f3d11/backups";
  request.target.query = "dry=1";
  request.headers.add("Host", "vcd.example.org");
  request.headers.add("accept", "application/*+json;version=36.0");
  request.headers.add("content-type", "application/json");
  request.headers.add("user-agent", "bench/1.0");
  request.headers.add("authorization", "Bearer " + std::string(token_octets, 'x'));
  request.headers.add("accept-encoding", "gzip, deflate");
  request.ends = {true, "10.0.0.7", 51234, "10.0.0.2", 443};
  request.body = core::SharedBytes::copy_of(core::octets_of(std::string(body_octets, 'b')));
  return request;
}

registry::access::Caller make_caller() {
  registry::access::Caller caller;
  caller.user = core::Uuid::random();
  caller.organisation = core::Uuid::random();
  for (int i = 0; i < 10; ++i) caller.rights.push_back(core::Uuid::random());
  return caller;
}

/// A request with six headers and a caller with ten rights, by the size of its body in octets and
/// that of its access token, which services are given (spec section 4.4).
void encode_envelope(benchmark::State& state) {
  const message::Request request = make_request(static_cast<std::size_t>(state.range(0)),
                                                static_cast<std::size_t>(state.range(1)));
  const registry::access::Caller caller = make_caller();
  const dispatch::Question question{
      .id = core::Uuid::random(), .request = &request, .response = nullptr, .caller = &caller};
  std::size_t size = 0;
  for (auto _ : state) {
    const core::SharedBytes body = dispatch::encode_envelope(question);
    size = body.size();
    benchmark::DoNotOptimize(body.octets().data());
  }
  state.counters["message_octets"] = static_cast<double>(size);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}
BENCHMARK(encode_envelope)
    ->ArgNames({"body", "token"})
    ->Args({0, kOpaqueToken})
    ->Args({0, kSignedToken})
    ->Args({1024, kOpaqueToken})
    ->Args({1024, kSignedToken})
    ->Args({64 * 1024, kOpaqueToken})
    ->Args({1024 * 1024, kOpaqueToken});

/// A reply with two headers, by the size of its body in octets.
void decode_reply(benchmark::State& state) {
  core::Buffer text;
  text.append(R"({"id":"x","headers":{"Content-Type":"application/json","Content-Length":27},)"
              R"("statusCode":200,"request":false,"body":")");
  core::append_base64(text,
                      core::octets_of(std::string(static_cast<std::size_t>(state.range(0)), 'b')));
  text.append("\"}");
  for (auto _ : state) {
    auto reply = dispatch::decode_reply(text.text(), dispatch::Asked::request, {});
    benchmark::DoNotOptimize(reply);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(decode_reply)->Arg(0)->Arg(1024)->Arg(64 * 1024)->Arg(1024 * 1024);

void base64_encode(benchmark::State& state) {
  const std::string octets(1024 * 1024, 'b');
  core::Buffer out;
  for (auto _ : state) {
    out.clear();
    core::append_base64(out, core::octets_of(octets));
    benchmark::DoNotOptimize(out.octets().data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(octets.size()));
}
BENCHMARK(base64_encode);

void base64_decode(benchmark::State& state) {
  core::Buffer text;
  core::append_base64(text, core::octets_of(std::string(1024 * 1024, 'b')));
  core::Buffer out;
  for (auto _ : state) {
    out.clear();
    benchmark::DoNotOptimize(core::decode_base64(text.text(), core::Base64::lenient, out));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(base64_decode);

}  // namespace
