#include "registry/match/index.h"

#include <algorithm>
#include <functional>
#include <string>

namespace registry::match {
namespace {

auto characters_of(std::string_view text) {
  return [text](std::size_t i) { return text[i]; };
}
auto characters_from_the_end(std::string_view text) {
  return [text](std::size_t i) { return text[text.size() - 1 - i]; };
}

std::string reversed(std::string_view text) { return {text.rbegin(), text.rend()}; }

/// The value of exactly this literal; null when there is none.
template <typename Value>
const Value* value_of(const Trie<Value>& trie, std::string_view literal) {
  const Value* exact = nullptr;
  trie.walk(literal.size(), characters_of(literal), [&](const Value& value, std::size_t length) {
    if (length == literal.size()) exact = &value;
  });
  return exact;
}

std::size_t size_of(const Candidates* candidates) {
  return candidates == nullptr ? 0 : candidates->size();
}
std::size_t bytes_of(const Candidates& candidates) {
  return candidates.all().capacity() * sizeof(Candidate);
}

}  // namespace

bool comes_before(const Candidate& left, const Candidate& right) {
  if (left.number != right.number) return left.number < right.number;
  return std::less<const Pattern*>{}(left.pattern, right.pattern);
}

Candidates::Candidates(const Candidates& other) {
  if (other.empty()) return;
  all_.reserve(other.size() + 1);
  all_.assign(other.all_.begin(), other.all_.end());
}

void Candidates::add(const Candidate& candidate) {
  const auto place = std::lower_bound(all_.begin(), all_.end(), candidate, comes_before);
  if (place != all_.end() && *place == candidate) return;
  all_.insert(place, candidate);
}

void Candidates::remove(const Candidate& candidate) {
  const auto place = std::lower_bound(all_.begin(), all_.end(), candidate, comes_before);
  if (place != all_.end() && *place == candidate) all_.erase(place);
}

template <typename Change>
void Index::edit_pair(const LiteralKey& key, Revision now, const Change& change) {
  prefixes_.edit(key.prefix, now, [&](Ends& ends) {
    if (key.exact) return change(ends.exact);
    ends.suffixes.edit(reversed(key.suffix), now, change);
  });
}

std::size_t Index::count_of_pair(const LiteralKey& key) const {
  const Ends* ends = value_of(prefixes_, key.prefix);
  return ends == nullptr ? 0 : size_of(value_of(ends->suffixes, reversed(key.suffix)));
}

std::size_t Index::count_of_inner(std::string_view inner) const {
  return size_of(value_of(inners_, inner));
}

void Index::add(const LiteralKey& key, const Candidate& candidate, Revision now) {
  const auto put = [&](Candidates& candidates) { candidates.add(candidate); };
  if (!key.inner.empty() && count_of_inner(key.inner) < count_of_pair(key)) {
    inners_.edit(key.inner, now, put);
  } else {
    edit_pair(key, now, put);
  }
}

void Index::remove(const LiteralKey& key, const Candidate& candidate, Revision now) {
  const auto take = [&](Candidates& candidates) { candidates.remove(candidate); };
  // Which of the two it is under depends on what was there when it was added.
  if (!key.inner.empty()) inners_.edit(key.inner, now, take);
  edit_pair(key, now, take);
}

bool Index::find(std::string_view path, std::vector<Candidate>& found,
                 std::uint64_t& steps_left) const {
  std::uint64_t steps = 0;
  const auto take = [&](const Candidates& candidates, std::size_t) {
    found.insert(found.end(), candidates.all().begin(), candidates.all().end());
    steps += candidates.size();
  };
  const auto at_prefix = [&](const Ends& ends, std::size_t length) {
    const auto nodes = ends.suffixes.walk(path.size(), characters_from_the_end(path), take);
    steps += nodes;
    if (length == path.size()) take(ends.exact, length);
  };
  const auto prefix_nodes = prefixes_.walk(path.size(), characters_of(path), at_prefix);
  steps += prefix_nodes;
  if (!inners_.empty()) {
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos && steps < steps_left;
         slash = path.find('/', slash + 1)) {
      const std::string_view rest = path.substr(slash);
      const auto nodes = inners_.walk(rest.size(), characters_of(rest), take);
      steps += nodes;
    }
  }
  if (steps < steps_left) {
    steps_left -= steps;
    return true;
  }
  steps_left = 0;
  if (found.empty()) {
    if (const Candidates* some = inners_.first_value()) found.push_back(some->all().front());
  }
  return found.empty();  // without a filter there is none to blame
}

std::size_t Index::memory_bytes() const {
  return inners_.memory_bytes(bytes_of) + prefixes_.memory_bytes([](const Ends& ends) {
    return bytes_of(ends.exact) + ends.suffixes.memory_bytes(bytes_of);
  });
}

}  // namespace registry::match
