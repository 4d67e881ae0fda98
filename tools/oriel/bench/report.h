#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/memory/buffer.h"
#include "tools/oriel/bench/load.h"
#include "tools/oriel/bench/roundtrip.h"

namespace oriel::bench {

/// A measurement with what it cost.
struct Measured {
  LoadResult load;
  double rate = 0;                           // asked for, per second; 0: closed loop
  std::optional<core::Duration> server_cpu;  // per request, when a server was named
  core::Duration harness_cpu{};              // per request, this process
};

/// The four measurements of one number of connections.
struct Row {
  unsigned connections = 0;
  Measured roundtrip_closed;
  Measured roundtrip_rate;
  Measured ping_closed;
  Measured ping_rate;
};

struct Report {
  RoundtripOptions options;
  std::vector<Row> rows;

  [[nodiscard]] std::uint64_t errors() const;  ///< Of the round trips.
};

/// How many times as long: 0 when there is nothing to divide by.
[[nodiscard]] double ratio(double of, double by);

[[nodiscard]] std::string as_table(const Report& report);
void append_json(const Report& report, core::Buffer& out);

}  // namespace oriel::bench
