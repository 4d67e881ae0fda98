#pragma once

#include <string>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/topology.h"
#include "amqp/catalog/catalog.h"
#include "core/base/result.h"

namespace amqp::broker {

/// Between the topology and the catalog: what of a change outlives the process.

/// What the catalog has to take before the change is applied to `topology`; nothing when it
/// concerns nothing durable. Virtual hosts are written by who asks for them.
[[nodiscard]] std::vector<catalog::Change> to_write(const Topology& topology, const Change& change);

/// The auto-delete exchanges that go when this does; the first one itself if it is an exchange.
[[nodiscard]] std::vector<const Exchange*> fall_of(const QueueEntry& queue);
[[nodiscard]] std::vector<const Exchange*> fall_of(const Exchange& exchange);
[[nodiscard]] std::vector<const Exchange*> fall_of(const Binding& binding);

[[nodiscard]] std::string encode_arguments(const wire::FieldTable& arguments);
/// What of the catalog is no arguments, or names no type, is our own mistake or a damaged file:
/// the text says which.
[[nodiscard]] core::Result<ExchangeTraits, std::string> traits_of(
    const catalog::Exchange& exchange);
/// Without id.
[[nodiscard]] core::Result<QueueTraits, std::string> traits_of(const catalog::Queue& queue);
[[nodiscard]] core::Result<BindingTraits, std::string> traits_of(const catalog::Binding& binding);

}  // namespace amqp::broker
