#include "bench/broker/measure.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace broker_bench {
namespace {

Clock::duration to_duration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{seconds});
}

}  // namespace

double cpu_seconds(int process) {
  std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
  std::string stat;
  std::getline(file, stat);
  const auto name_end = stat.rfind(')');  // proc(5): the name may hold anything
  if (name_end == std::string::npos) return 0;
  std::istringstream fields{stat.substr(name_end + 2)};
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double resident_mib(int process) {
  std::ifstream file{"/proc/" + std::to_string(process) + "/statm"};
  double size = 0;
  double resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

double seconds_since(Time begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string fresh_name(const std::string& stem) { return stem + "." + std::to_string(::getpid()); }

void add_latency(Figures& figures, std::vector<double>& samples) {
  if (samples.empty()) return;
  const auto at = [&](double part) {
    const auto place = static_cast<std::ptrdiff_t>(part * static_cast<double>(samples.size() - 1));
    std::nth_element(samples.begin(), samples.begin() + place, samples.end());
    return samples[static_cast<std::size_t>(place)];
  };
  figures.emplace_back("p50_us", at(0.5));
  figures.emplace_back("p99_us", at(0.99));
}

Stopwatch::Stopwatch(const Options& options)
    : server_(options.server),
      begin_(Clock::now() + to_duration(kWarmUp)),
      end_(begin_ + to_duration(options.seconds)) {}

bool Stopwatch::measuring(std::uint64_t count) {
  if (begun_) return true;
  if (Clock::now() < begin_) return false;
  begun_ = true;
  begin_ = Clock::now();
  count_ = count;
  cpu_ = cpu_seconds(server_);
  return true;
}

void Stopwatch::add_to(Figures& figures, const std::string& name, std::uint64_t count) const {
  const auto done = static_cast<double>(count - count_);
  figures.emplace_back(name, done / seconds_since(begin_));
  if (server_ != 0 && done > 0) {
    figures.emplace_back("cpu_us", (cpu_seconds(server_) - cpu_) * 1e6 / done);
  }
}

}  // namespace broker_bench
