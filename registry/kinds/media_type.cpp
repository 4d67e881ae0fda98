#include "registry/kinds/media_type.h"

#include <algorithm>

namespace registry::kinds {
namespace {

bool is_token_character(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kMarks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::string_view without_parameters(std::string_view media_type) {
  std::string_view essence = media_type.substr(0, media_type.find(';'));
  while (!essence.empty() && essence.back() == ' ') essence.remove_suffix(1);
  return essence;
}

}  // namespace

bool is_media_type(std::string_view text) {
  const std::string_view essence = without_parameters(text);
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos) return false;
  return is_token(essence.substr(0, slash)) && is_token(essence.substr(slash + 1));
}

std::string_view base_of(std::string_view media_type) {
  const std::string_view base = without_parameters(media_type);
  for (const std::string_view suffix : {"+xml", "+json", "+XML", "+JSON"}) {
    if (base.ends_with(suffix)) return base.substr(0, base.size() - suffix.size());
  }
  return base;
}

}  // namespace registry::kinds
