#include "amqp/wire/methods.h"

#include <algorithm>
#include <array>
#include <utility>

namespace amqp::wire {
namespace {

using Decoded = core::Result<AnyMethod, ProtocolError>;

struct Entry {
  MethodId id;
  std::string_view name;
  Decoded (*decode)(core::Octets payload);
};

template <typename M>
Decoded decode_any(core::Octets payload) {
  core::Result<M, ProtocolError> method = decode_method_as<M>(payload);
  if (!method) return core::Unexpected{std::move(method).error()};
  return AnyMethod{*std::move(method)};
}

template <typename... Methods>
constexpr auto entries_of(const std::variant<Methods...>* /*all*/) {
  std::array entries{Entry{Methods::id, Methods::name, &decode_any<Methods>}...};
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  return entries;
}
constexpr auto kEntries = entries_of(static_cast<const AnyMethod*>(nullptr));

const Entry* find(MethodId id) {
  const auto* found =
      std::lower_bound(kEntries.begin(), kEntries.end(), id,
                       [](const Entry& entry, MethodId wanted) { return entry.id < wanted; });
  return found != kEntries.end() && found->id == id ? found : nullptr;
}

}  // namespace

Decoded decode_method(core::Octets payload) {
  const core::Result<MethodId, ProtocolError> id = method_id_of(payload);
  if (!id) return core::Unexpected{id.error()};
  const Entry* entry = find(*id);
  if (entry == nullptr) {
    return core::Unexpected{ProtocolError{kCommandInvalid, "unknown method", false, *id}};
  }
  return entry->decode(payload);
}

void encode_method(const AnyMethod& method, core::Buffer& out) {
  std::visit([&](const auto& known) { encode_method(known, out); }, method);
}

void encode_method_frame(ChannelId channel, const AnyMethod& method, core::Buffer& out) {
  std::visit([&](const auto& known) { encode_method_frame(channel, known, out); }, method);
}

MethodId id_of(const AnyMethod& method) {
  return std::visit([](const auto& known) { return known.id; }, method);
}

std::string_view method_name(MethodId id) {
  const Entry* entry = find(id);
  return entry == nullptr ? std::string_view{} : entry->name;
}

}  // namespace amqp::wire
