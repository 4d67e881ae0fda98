#include "amqp/broker/claims.h"

#include "core/base/check.h"

namespace amqp::broker {
namespace {

std::string name_in(VhostId vhost, char kind, std::string_view name) {
  std::string all = std::to_string(vhost.value());
  all += kind;
  all += name;
  return all;
}

/// Collects the claims of one change.
class Claiming {
 public:
  Claiming(const Topology& topology, VhostId id)
      : topology_(topology), vhost_id_(id), vhost_(topology.vhost(id)) {}

  void operator()(const AddVhost&) {}  // numbered and alone in its kind
  void operator()(const RemoveVhost&) { whole_vhost_ = true; }
  void operator()(const AddExchange& what) { claim('e', what.exchange.name, true); }
  void operator()(const RemoveExchange& what) {
    claim('e', what.name, true);
    const Exchange* exchange = vhost_.exchange(what.name);
    if (exchange != nullptr) whole_vhost_ = fall_of(*exchange).size() > 1;
  }
  void operator()(const AddQueue& what) { claim('q', what.queue.name, true); }
  void operator()(const RemoveQueue& what) {
    const QueueEntry* queue = topology_.queue(what.id);
    if (queue == nullptr) return;
    claim('q', queue->traits.name, true);
    whole_vhost_ = !fall_of(*queue).empty();
  }
  void operator()(const AddBinding& what) { claim_ends(what.binding, false); }
  void operator()(const RemoveBinding& what) {
    const Exchange* source = vhost_.exchange(what.binding.source);
    claim_ends(what.binding, source != nullptr && source->traits().auto_delete);
    if (source == nullptr) return;
    if (const Binding* binding = source->find(what.binding); binding != nullptr) {
      whole_vhost_ = fall_of(*binding).size() > 1;
    }
  }

  [[nodiscard]] std::vector<Claim> take() {
    claims_.push_back({name_in(vhost_id_, 'v', {}), whole_vhost_});
    return std::move(claims_);
  }

 private:
  void claim(char kind, std::string_view name, bool alone) {
    claims_.push_back({name_in(vhost_id_, kind, name), alone});
  }
  void claim_ends(const BindingTraits& binding, bool source_alone) {
    claim('e', binding.source, source_alone);
    claim(binding.kind == DestinationKind::queue ? 'q' : 'e', binding.destination, false);
  }

  const Topology& topology_;
  VhostId vhost_id_;
  const Vhost& vhost_;
  std::vector<Claim> claims_;
  bool whole_vhost_ = false;  // more falls with it than its name says
};

}  // namespace

std::vector<Claim> claims_of(const Topology& topology, const Change& change) {
  if (std::holds_alternative<AddVhost>(change.what)) return {};
  Claiming claiming{topology, change.vhost};
  std::visit(claiming, change.what);
  return claiming.take();
}

std::vector<Claim> claims_of_queue(VhostId vhost, std::string_view name) {
  return {{name_in(vhost, 'q', name), false}, {name_in(vhost, 'v', {}), false}};
}

bool Claims::conflict(const std::vector<Claim>& claims) const {
  if (held_.empty()) return false;
  for (const Claim& claim : claims) {
    const auto found = held_.find(claim.name);
    if (found == held_.end()) continue;
    if (found->second.alone > 0 || (claim.alone && found->second.shared > 0)) return true;
  }
  return false;
}

void Claims::take(const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) {
    Held& held = held_[claim.name];
    ++(claim.alone ? held.alone : held.shared);
  }
}

void Claims::release(const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) {
    const auto found = held_.find(claim.name);
    CORE_CHECK(found != held_.end());
    Held& held = found->second;
    --(claim.alone ? held.alone : held.shared);
    if (held.alone == 0 && held.shared == 0) held_.erase(found);
  }
}

}  // namespace amqp::broker
