#include "tools/oriel/serve/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace oriel::serve {

void run_in_parallel(std::size_t parts, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto take_parts = [&] {
    for (std::size_t part = next++; part < parts; part = next++) work(part);
  };
  const std::size_t cores = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  const std::size_t threads = std::min({cores, parts, kParallelMax});
  std::vector<std::thread> others;
  while (others.size() + 1 < threads) others.emplace_back(take_parts);
  take_parts();
  for (std::thread& other : others) other.join();
}

}  // namespace oriel::serve
