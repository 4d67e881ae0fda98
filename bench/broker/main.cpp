// The load of bench/broker/compare.py: one run, its figures as one line of JSON.

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <string_view>

#include "bench/broker/measure.h"

namespace broker_bench {
namespace {

constexpr std::string_view kUsage =
    "Usage: broker_load LOAD [--nats] [--port N] [--server PID] [--seconds S] [--size OCTETS]\n"
    "       [--prefetch N] [--outstanding N] [--queues N] [--messages N] [--folder PATH]\n"
    "LOAD is throughput, confirm, rpc, queues, deep or fdatasync.\n";

bool read(int count, char** words, Options& options) {
  if (count < 2) return false;
  options.load = words[1];
  for (int i = 2; i < count; ++i) {
    const std::string_view flag = words[i];
    if (flag == "--nats") {
      options.nats = true;
      continue;
    }
    if (i + 1 == count) return false;
    const std::string value = words[++i];
    if (flag == "--port")
      options.port = static_cast<std::uint16_t>(std::stoul(value));
    else if (flag == "--server")
      options.server = std::stoi(value);
    else if (flag == "--seconds")
      options.seconds = std::stod(value);
    else if (flag == "--size")
      options.size = std::stoul(value);
    else if (flag == "--prefetch")
      options.prefetch = static_cast<std::uint16_t>(std::stoul(value));
    else if (flag == "--outstanding")
      options.outstanding = std::stoul(value);
    else if (flag == "--queues")
      options.queues = std::stoul(value);
    else if (flag == "--messages")
      options.messages = std::stoull(value);
    else if (flag == "--folder")
      options.folder = value;
    else
      return false;
  }
  return true;
}

int run(const Options& options) {
  const std::map<std::string, Figures (*)(const Options&)> loads = {
      {"throughput", run_throughput}, {"confirm", run_confirm}, {"rpc", run_rpc},
      {"queues", run_queues},         {"deep", run_deep},       {"fdatasync", run_fdatasync}};
  const auto found = loads.find(options.load);
  if (found == loads.end()) {
    std::fputs(kUsage.data(), stderr);
    return 2;
  }
  const double own_cpu = cpu_seconds(::getpid());
  const Time begin = Clock::now();
  Figures figures = found->second(options);
  figures.emplace_back("load_cpu", (cpu_seconds(::getpid()) - own_cpu) / seconds_since(begin));
  std::string line = "{";
  for (const auto& [name, value] : figures) {
    line += (line.size() > 1 ? ", \"" : "\"") + name + "\": " + std::to_string(value);
  }
  std::puts((line + "}").c_str());
  return 0;
}

}  // namespace
}  // namespace broker_bench

int main(int count, char** words) {
  try {
    broker_bench::Options options;
    if (!broker_bench::read(count, words, options)) {
      std::fputs(broker_bench::kUsage.data(), stderr);
      return 2;
    }
    return broker_bench::run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "broker_load: %s\n", error.what());
    return 1;
  }
}
