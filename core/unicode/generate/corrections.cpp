#include "core/unicode/generate/corrections.h"

#include <initializer_list>
#include <utility>

namespace core::unicode::generate {
namespace {

CodePointSet set_of(std::initializer_list<CodePointRange> ranges) {
  return CodePointSet(std::span{ranges.begin(), ranges.size()});
}

void move(const CodePointSet& what, CodePointSet& from, CodePointSet& to) {
  from = from.subtract(what);
  to = to.unite(what);
}

}  // namespace

void take_back_later_changes(Database& database) {
  // HANUNOO SIGN PAMUDPOD was nonspacing until 14.0 gave it a spacing twin.
  move(CodePointSet::of(0x1734), database.categories["Mc"], database.categories["Mn"]);
  // OLD CHINESE HOOK MARK and ITERATION MARK became Han in 14.0.
  move(CodePointSet::of(0x16FE2, 0x16FE3), database.scripts["HAN"], database.scripts["COMMON"]);

  database.blocks["Ahom"] = CodePointSet::of(0x11700, 0x1173F);  // longer since 14.0
  database.blocks["Egyptian Hieroglyph Format Controls"] =
      CodePointSet::of(0x13430, 0x1343F);                                     // longer since 15.0
  database.blocks["Tangut Supplement"] = CodePointSet::of(0x18D00, 0x18D8F);  // shorter since 14.0

  // Signs that were not alphabetic, and modifier letters that were not lowercase.
  database.alphabetic =
      database.alphabetic.subtract(set_of({{0xC04, 0xC04}, {0xF82, 0xF83}, {0x11080, 0x11081}}));
  database.lowercase = database.lowercase.subtract(set_of({{0x10FC, 0x10FC}, {0xAB69, 0xAB69}}));
}

}  // namespace core::unicode::generate
