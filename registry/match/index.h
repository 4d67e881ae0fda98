#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "registry/match/literals.h"
#include "registry/match/trie.h"

namespace registry::match {

class Pattern;

/// A filter that may match: its number and its pattern, which the holder of the index owns.
struct Candidate {
  std::uint64_t number = 0;
  const Pattern* pattern = nullptr;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// The order of candidates: by their numbers, and those of one number in any that stays.
[[nodiscard]] bool comes_before(const Candidate& left, const Candidate& right);

/// The candidates of one key, by their numbers. A copy is made to be added to, and has room for it.
class Candidates {
 public:
  Candidates() = default;
  Candidates(const Candidates& other);
  Candidates& operator=(const Candidates& other) = delete;
  Candidates(Candidates&&) = default;
  Candidates& operator=(Candidates&&) = default;
  ~Candidates() = default;

  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  [[nodiscard]] const std::vector<Candidate>& all() const { return all_; }
  void add(const Candidate& candidate);
  void remove(const Candidate& candidate);

 private:
  std::vector<Candidate> all_;
};

/// Finds the filters whose literals a path has: by a trie of prefixes, below each of which is one
/// of suffixes, read from the path's end; or, when fewer filters share it, by a trie of inner
/// literals, which is looked at from every slash of the path on.
///
/// A look-up never depends on how many filters there are, only on how many have all that the path
/// has. It costs one step for every candidate and for every node looked at: at most
/// (kLiteralLengthMax + 1)² for prefixes and suffixes, and kLiteralLengthMax + 1 for every slash,
/// where most take one.
class Index {
 public:
  void add(const LiteralKey& key, const Candidate& candidate, Revision now);
  void remove(const LiteralKey& key, const Candidate& candidate, Revision now);

  /// Appends the candidates for `path` and takes the steps off `steps_left`. False when these were
  /// too few; the last candidate is then one of those that cost so much.
  bool find(std::string_view path, std::vector<Candidate>& found, std::uint64_t& steps_left) const;

  [[nodiscard]] bool empty() const { return prefixes_.empty() && inners_.empty(); }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  /// What is registered under one prefix.
  struct Ends {
    Trie<Candidates> suffixes;  // back to front
    Candidates exact;           // the path has nothing but the prefix
    [[nodiscard]] bool empty() const { return suffixes.empty() && exact.empty(); }
  };

  template <typename Change>
  void edit_pair(const LiteralKey& key, Revision now, const Change& change);
  [[nodiscard]] std::size_t count_of_pair(const LiteralKey& key) const;
  [[nodiscard]] std::size_t count_of_inner(std::string_view inner) const;

  Trie<Ends> prefixes_;
  Trie<Candidates> inners_;
};

}  // namespace registry::match
