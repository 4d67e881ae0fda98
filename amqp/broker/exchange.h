#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/headers_match.h"
#include "amqp/broker/text_map.h"
#include "amqp/broker/topic_trie.h"

namespace amqp::broker {

class Exchange;
struct Binding;
struct HomeQueue;

/// A queue as the topology knows it, on every shard.
struct QueueEntry {
  QueueTraits traits;
  bool takes_replies = false;      // a reply queue of the gateway: hands on, holds nothing
  HomeQueue* at_home = nullptr;    // the queue itself, on its home shard
  std::vector<Binding*> incoming;  // bindings that lead here
  std::uint64_t routed = 0;        // the route that last came here, so that none comes twice
};

/// From an exchange to a queue or to another exchange.
struct Binding {
  Exchange* source = nullptr;
  QueueEntry* queue = nullptr;  // one of these two
  Exchange* exchange = nullptr;
  std::string routing_key;
  wire::FieldTable arguments;
  HeadersMatch headers;            // of a headers exchange
  std::size_t incoming_index = 0;  // its place in the destination's list
};

/// Finds a message's headers when an exchange asks for them, decoding them at most once.
class LazyHeaders {
 public:
  explicit LazyHeaders(core::Octets properties) : properties_(properties) {}
  [[nodiscard]] const wire::FieldTable& get();

 private:
  core::Octets properties_;
  bool decoded_ = false;
  wire::FieldTable headers_;
};

/// An exchange and the bindings that it is the source of (AMQP 0-9-1 §3.1.3), indexed as its type
/// needs: by routing key, by the words of patterns, or in a row.
class Exchange {
 public:
  Exchange(ExchangeTraits traits, bool predeclared)
      : traits_(std::move(traits)), predeclared_(predeclared) {}

  [[nodiscard]] const ExchangeTraits& traits() const { return traits_; }
  [[nodiscard]] bool predeclared() const { return predeclared_; }
  [[nodiscard]] std::size_t binding_count() const { return bindings_.size(); }
  /// An auto-delete exchange goes with its last binding, but not before it had a first.
  [[nodiscard]] bool outlived() const {
    return traits_.auto_delete && was_bound_ && bindings_.empty();
  }

  /// The binding that is the same as these traits in all but the source; null when there is none.
  [[nodiscard]] Binding* find(const BindingTraits& wanted) const;
  Binding& add(std::unique_ptr<Binding> binding);
  void remove(Binding& binding);
  template <typename See>
  void each_binding(See&& see) const {
    for (const auto& [hash, binding] : bindings_) see(*binding);
  }

  /// Calls `take(Binding&)` for each binding that the message matches, once.
  template <typename Take>
  void match(std::string_view routing_key, LazyHeaders& headers, Take&& take) {
    switch (traits_.type) {
      case ExchangeType::direct: {
        const auto found = by_key_.find(routing_key);
        if (found == by_key_.end()) return;
        for (Binding* binding : found->second) take(*binding);
        return;
      }
      case ExchangeType::fanout:
        for (Binding* binding : in_a_row_) take(*binding);
        return;
      case ExchangeType::topic:
        by_words_.match(routing_key, take);
        return;
      case ExchangeType::headers:
        for (Binding* binding : in_a_row_) {
          if (binding->headers.met_by(headers.get())) take(*binding);
        }
        return;
    }
  }

  std::vector<Binding*> incoming;  ///< Bindings that lead here, kept by the topology.
  std::uint64_t routed = 0;        ///< The route that last came here: the guard against cycles.

 private:
  void index(Binding& binding);
  void unindex(Binding& binding);

  ExchangeTraits traits_;
  bool predeclared_;
  bool was_bound_ = false;
  std::unordered_multimap<std::size_t, std::unique_ptr<Binding>> bindings_;  // by hash of identity
  TextMap<std::vector<Binding*>> by_key_;                                    // direct
  TopicTrie by_words_;                                                       // topic
  std::vector<Binding*> in_a_row_;                                           // fanout and headers
};

}  // namespace amqp::broker
