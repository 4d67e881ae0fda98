#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/unicode/generate/source_file.h"
#include "core/unicode/generate/tables.h"
#include "core/unicode/name_table.h"

namespace core::unicode::generate {
namespace {

using Octets = std::vector<std::uint8_t>;

struct Name {
  std::vector<std::size_t> words;
  char32_t code_point = 0;
};

/// What is laid out in blocks: the octets, and where each block begins.
struct Blocks {
  Octets octets;
  std::vector<std::size_t> begins;
};

template <typename Sequence>
std::size_t shared_front(const Sequence& left, const Sequence& right) {
  const std::size_t length = std::min(left.size(), right.size());
  const auto end = left.begin() + static_cast<std::ptrdiff_t>(length);
  return static_cast<std::size_t>(std::mismatch(left.begin(), end, right.begin()).first -
                                  left.begin());
}

std::vector<std::string> split(const std::string& name) {
  std::vector<std::string> words;
  std::size_t first = 0;
  for (auto blank = name.find(' '); blank != std::string::npos; blank = name.find(' ', first)) {
    words.push_back(name.substr(first, blank - first));
    first = blank + 1;
  }
  words.push_back(name.substr(first));
  if (words.size() > kNameWordsMax) throw std::runtime_error("too many words: " + name);
  return words;
}

/// The words of all names: their numbers, and which of them are so frequent that one octet is
/// theirs.
class Words {
 public:
  explicit Words(const std::map<char32_t, std::string>& names) {
    std::map<std::string, std::size_t> uses;
    for (const auto& [code_point, name] : names) {
      for (const std::string& word : split(name)) ++uses[word];
    }
    std::vector<std::pair<std::size_t, std::size_t>> by_use;
    for (const auto& [word, count] : uses) {
      by_use.emplace_back(count, words_.size());
      numbers_[word] = words_.size();
      words_.push_back(word);
    }
    // The high octets of two-octet references are what is left of 256.
    const std::size_t high_octets = words_.size() / 256 + 1;
    if (high_octets >= 256) throw std::runtime_error("too many different words in names");
    std::ranges::sort(by_use, std::greater{});
    by_use.resize(std::min(by_use.size(), 256 - high_octets));
    for (const auto& [count, number] : by_use) {
      short_references_[number] = frequent_.size();
      frequent_.push_back(number);
    }
  }

  [[nodiscard]] std::vector<std::size_t> numbers_of(const std::string& name) const {
    std::vector<std::size_t> numbers;
    for (const std::string& word : split(name)) numbers.push_back(numbers_.at(word));
    return numbers;
  }

  void write_reference(std::size_t number, Octets& to) const {
    const auto found = short_references_.find(number);
    if (found != short_references_.end()) {
      to.push_back(static_cast<std::uint8_t>(found->second));
      return;
    }
    to.push_back(static_cast<std::uint8_t>(frequent_.size() + (number >> 8)));
    to.push_back(static_cast<std::uint8_t>(number & 0xFF));
  }

  [[nodiscard]] Blocks blocks() const {
    Blocks blocks;
    for (std::size_t number = 0; number < words_.size(); ++number) {
      const bool begins = number % kBlockSize == 0;
      if (begins) blocks.begins.push_back(blocks.octets.size());
      const std::string& word = words_[number];
      const std::size_t shared = begins ? 0 : shared_front(words_[number - 1], word);
      blocks.octets.push_back(static_cast<std::uint8_t>(shared));
      blocks.octets.push_back(static_cast<std::uint8_t>(word.size() - shared));
      blocks.octets.insert(blocks.octets.end(), word.begin() + static_cast<std::ptrdiff_t>(shared),
                           word.end());
    }
    return blocks;
  }

  [[nodiscard]] const std::vector<std::size_t>& frequent() const { return frequent_; }
  [[nodiscard]] std::size_t count() const { return words_.size(); }

 private:
  std::vector<std::string> words_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::size_t> frequent_;
  std::map<std::size_t, std::size_t> short_references_;
};

void write_step(std::int32_t step, Octets& to) {
  auto folded = static_cast<std::uint32_t>(step < 0 ? -2 * step - 1 : 2 * step);
  for (; folded >= 0x80; folded >>= 7) to.push_back(static_cast<std::uint8_t>(folded | 0x80));
  to.push_back(static_cast<std::uint8_t>(folded));
}

Blocks name_blocks(const std::vector<Name>& names, const Words& words) {
  Blocks blocks;
  for (std::size_t index = 0; index < names.size(); ++index) {
    const bool begins = index % kBlockSize == 0;
    if (begins) blocks.begins.push_back(blocks.octets.size());
    const Name& name = names[index];
    const std::size_t shared = begins ? 0 : shared_front(names[index - 1].words, name.words);
    const std::size_t added = name.words.size() - shared;
    blocks.octets.push_back(static_cast<std::uint8_t>(added << 4 | shared));
    for (std::size_t at = shared; at < name.words.size(); ++at) {
      words.write_reference(name.words[at], blocks.octets);
    }
    const auto before = begins ? 0 : static_cast<std::int32_t>(names[index - 1].code_point);
    write_step(static_cast<std::int32_t>(name.code_point) - before, blocks.octets);
  }
  return blocks;
}

void write_numbers(SourceFile& file, const std::string& type, const std::string& array,
                   const auto& numbers, const std::string& function) {
  file.begin_array(type, array);
  for (const auto number : numbers) file.element(std::to_string(number));
  file.end_array(function);
}

}  // namespace

void write_names(const Database& database, const std::filesystem::path& path) {
  const Words words(database.names);
  std::vector<Name> names;
  for (const auto& [code_point, name] : database.names) {
    names.push_back({words.numbers_of(name), code_point});
  }
  std::ranges::sort(names, {}, &Name::words);
  const Blocks word_table = words.blocks();
  const Blocks name_table = name_blocks(names, words);

  SourceFile file(path);
  write_numbers(file, "std::uint8_t", "kWords", word_table.octets, "words");
  write_numbers(file, "std::uint32_t", "kWordBlocks", word_table.begins, "word_blocks");
  write_numbers(file, "std::uint16_t", "kFrequentWords", words.frequent(), "frequent_words");
  write_numbers(file, "std::uint8_t", "kNames", name_table.octets, "names");
  write_numbers(file, "std::uint32_t", "kNameBlocks", name_table.begins, "name_blocks");
  file.constant("word_count", words.count());
  file.constant("name_count", names.size());
  file.finish();
}

}  // namespace core::unicode::generate
