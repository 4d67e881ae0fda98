#include "tools/oriel/filter/picture.h"

#include <algorithm>

#include "registry/match/explain/text.h"

namespace oriel::filter {

namespace explain = registry::match::explain;

std::string picture(std::u32string_view text, std::size_t position, std::string_view remark,
                    std::size_t indent) {
  constexpr std::string_view kCut = "...";
  constexpr std::size_t kBefore = kPictureColumns * 3 / 5;  // of what stands before a far caret
  position = std::min(position, text.size());
  std::string before;
  std::u32string_view front = text.substr(0, position);
  if (front.size() > kBefore && text.size() > kPictureColumns) {
    front.remove_prefix(front.size() - kBefore);
    before = kCut;
  }
  std::u32string_view back = text.substr(position);
  std::string after;
  const std::size_t room = kPictureColumns - std::min(kPictureColumns, front.size());
  if (back.size() > room) {
    back = back.substr(0, room);
    after = kCut;
  }
  const std::string margin(indent, ' ');
  const std::size_t column = before.size() + explain::columns_of(front);
  std::string out = margin + before + explain::shown(front) + explain::shown(back) + after + "\n";
  out += margin + std::string(column, ' ') + "^";
  if (!remark.empty()) out.append(" ").append(remark);
  return out + "\n";
}

}  // namespace oriel::filter
