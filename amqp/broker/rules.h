#pragma once

#include <optional>

#include "amqp/broker/change.h"
#include "amqp/broker/topology.h"
#include "amqp/port/broker.h"
#include "core/base/result.h"

namespace amqp::broker {

/// What a request comes to, judged against the topology: a change; nothing, since it is already so;
/// or a refusal. Nothing is changed here, so judging is the same wherever it is done.
using Judgement = core::Result<std::optional<Change>, port::Refusal>;

[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::DeclareExchange& request);
[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::DeleteExchange& request);
[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::BindExchange& request);
[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::UnbindExchange& request);
/// The change has no id yet, and no name if the queue is to be server-named.
[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::DeclareQueue& request);
[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::BindQueue& request);
[[nodiscard]] Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                              const port::UnbindQueue& request);

/// Whether `asker` may use a queue at all: an exclusive one belongs to the connection that declared
/// it (§3.1.4.1); nullopt, or the refusal (405).
[[nodiscard]] std::optional<port::Refusal> locked_to_others(const QueueEntry& queue,
                                                            const Vhost& vhost, const Owner& asker);

}  // namespace amqp::broker
