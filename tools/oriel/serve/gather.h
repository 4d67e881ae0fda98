#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "tools/oriel/serve/floor.h"

namespace oriel::serve {

using Floors = std::vector<std::unique_ptr<Floor>>;

/// Runs `part` for each floor on its shard, and then `done` with the results on the first one,
/// which must be where it is called; in the order of shards.
template <typename T, typename Part>
void gather(const Floors& floors, Part part, std::function<void(std::vector<T>)> done) {
  struct Collection {
    std::vector<T> parts;
    std::size_t missing = 0;
    std::function<void(std::vector<T>)> done;
  };
  auto collection = std::make_shared<Collection>();
  collection->parts.resize(floors.size());
  collection->missing = floors.size();
  collection->done = std::move(done);

  core::Shard& home = floors.front()->shard;
  for (const auto& asked : floors) {
    Floor& floor = *asked;
    // `collection` is looked at on the home shard only; in between it travels.
    home.send(floor.shard.self(), [&floor, home_id = home.self(), part, collection]() mutable {
      const std::size_t index = floor.shard.self().value();
      auto answer = std::make_unique<T>(part(floor));
      floor.shard.send(home_id,
                       [collection = std::move(collection), index, answer = std::move(answer)] {
                         collection->parts[index] = std::move(*answer);
                         if (--collection->missing == 0) {
                           collection->done(std::move(collection->parts));
                         }
                       });
    });
  }
}

/// The same for rows: one list of all of them.
template <typename Row, typename Part>
void gather_rows(const Floors& floors, Part part, std::function<void(std::vector<Row>)> done) {
  gather<std::vector<Row>>(floors, std::move(part),
                           [done = std::move(done)](std::vector<std::vector<Row>> parts) {
                             std::vector<Row> all;
                             for (std::vector<Row>& rows : parts) {
                               all.insert(all.end(), std::make_move_iterator(rows.begin()),
                                          std::make_move_iterator(rows.end()));
                             }
                             done(std::move(all));
                           });
}

}  // namespace oriel::serve
