#include "amqp/catalog/memory_catalog.h"

#include <algorithm>
#include <utility>

namespace amqp::catalog {
namespace {

using Done = core::Result<void, Error>;

/// Replaces the first that is `same`, or adds.
template <typename T, typename Same>
void put(std::vector<T>& all, const T& value, Same same) {
  const auto found = std::find_if(all.begin(), all.end(), same);
  if (found == all.end()) {
    all.push_back(value);
  } else {
    *found = value;
  }
}

template <typename T, typename Same>
bool has(const std::vector<T>& all, Same same) {
  return std::any_of(all.begin(), all.end(), same);
}

core::Unexpected<Error> missing(std::string act, const std::string& what) {
  return core::Unexpected{Error{std::move(act), what + " is not there"}};
}

/// Takes one change into `contents_`.
class Taking {
 public:
  explicit Taking(Contents& contents) : contents_(contents) {}

  Done operator()(const PutVhost& change) const {
    put(contents_.vhosts, change.vhost,
        [&](const Vhost& vhost) { return vhost.name == change.vhost.name; });
    return {};
  }

  Done operator()(const RemoveVhost& change) const {
    const auto in_it = [&](const auto& row) { return row.vhost == change.name; };
    std::erase_if(contents_.vhosts, [&](const Vhost& row) { return row.name == change.name; });
    std::erase_if(contents_.exchanges, in_it);
    std::erase_if(contents_.queues, in_it);
    std::erase_if(contents_.bindings, in_it);
    std::erase_if(contents_.permissions, in_it);
    std::erase_if(contents_.topic_permissions, in_it);
    return {};
  }

  Done operator()(const PutExchange& change) const {
    const Exchange& exchange = change.exchange;
    if (auto found = check_vhost("put exchange", exchange.vhost); !found) return found;
    put(contents_.exchanges, exchange, [&](const Exchange& row) {
      return row.vhost == exchange.vhost && row.name == exchange.name;
    });
    return {};
  }

  Done operator()(const RemoveExchange& change) const {
    std::erase_if(contents_.exchanges, [&](const Exchange& row) {
      return row.vhost == change.vhost && row.name == change.name;
    });
    std::erase_if(contents_.bindings, [&](const Binding& row) {
      return row.vhost == change.vhost &&
             (row.source == change.name || (row.to_exchange && row.destination == change.name));
    });
    return {};
  }

  Done operator()(const PutQueue& change) const {
    const Queue& queue = change.queue;
    if (auto found = check_vhost("put queue", queue.vhost); !found) return found;
    const auto namesake = [&](const Queue& row) {
      return row.key != queue.key && row.vhost == queue.vhost && row.name == queue.name;
    };
    if (has(contents_.queues, namesake)) {
      return core::Unexpected{Error{"put queue", "another queue has that name"}};
    }
    put(contents_.queues, queue, [&](const Queue& row) { return row.key == queue.key; });
    return {};
  }

  Done operator()(const RemoveQueue& change) const {
    const auto found = std::find_if(contents_.queues.begin(), contents_.queues.end(),
                                    [&](const Queue& row) { return row.key == change.key; });
    if (found == contents_.queues.end()) return {};
    std::erase_if(contents_.bindings, [&](const Binding& row) {
      return row.vhost == found->vhost && !row.to_exchange && row.destination == found->name;
    });
    contents_.queues.erase(found);
    return {};
  }

  Done operator()(const MoveQueue& change) const {
    for (Queue& queue : contents_.queues) {
      if (queue.key != change.key) continue;
      queue.key = change.new_key;
      queue.home = change.new_home;
    }
    return {};
  }

  Done operator()(const PutBinding& change) const {
    if (auto found = check_vhost("put binding", change.binding.vhost); !found) return found;
    put(contents_.bindings, change.binding,
        [&](const Binding& row) { return row == change.binding; });
    return {};
  }

  Done operator()(const RemoveBinding& change) const {
    std::erase(contents_.bindings, change.binding);
    return {};
  }

  Done operator()(const PutUser& change) const {
    put(contents_.users, change.user,
        [&](const User& row) { return row.name == change.user.name; });
    return {};
  }

  Done operator()(const RemoveUser& change) const {
    const auto of_it = [&](const auto& row) { return row.user == change.name; };
    std::erase_if(contents_.users, [&](const User& row) { return row.name == change.name; });
    std::erase_if(contents_.permissions, of_it);
    std::erase_if(contents_.topic_permissions, of_it);
    return {};
  }

  Done operator()(const PutPermission& change) const {
    const Permission& given = change.permission;
    if (auto found = check_ends("put permission", given.vhost, given.user); !found) return found;
    put(contents_.permissions, given,
        [&](const Permission& row) { return row.vhost == given.vhost && row.user == given.user; });
    return {};
  }

  Done operator()(const RemovePermission& change) const {
    std::erase_if(contents_.permissions, [&](const Permission& row) {
      return row.vhost == change.vhost && row.user == change.user;
    });
    return {};
  }

  Done operator()(const PutTopicPermission& change) const {
    const TopicPermission& given = change.permission;
    if (auto found = check_ends("put topic permission", given.vhost, given.user); !found) {
      return found;
    }
    put(contents_.topic_permissions, given, [&](const TopicPermission& row) {
      return row.vhost == given.vhost && row.user == given.user && row.exchange == given.exchange;
    });
    return {};
  }

  Done operator()(const RemoveTopicPermission& change) const {
    std::erase_if(contents_.topic_permissions, [&](const TopicPermission& row) {
      return row.vhost == change.vhost && row.user == change.user &&
             (change.exchange.empty() || row.exchange == change.exchange);
    });
    return {};
  }

 private:
  [[nodiscard]] Done check_vhost(std::string act, const std::string& name) const {
    if (has(contents_.vhosts, [&](const Vhost& row) { return row.name == name; })) return {};
    return missing(std::move(act), "its vhost");
  }
  [[nodiscard]] Done check_ends(std::string act, const std::string& vhost,
                                const std::string& user) const {
    if (!has(contents_.users, [&](const User& row) { return row.name == user; })) {
      return missing(std::move(act), "its user");
    }
    return check_vhost(std::move(act), vhost);
  }

  Contents& contents_;
};

}  // namespace

MemoryCatalog::MemoryCatalog() { contents_.vhosts.push_back({"/", "the default vhost"}); }

core::Result<void, Error> MemoryCatalog::apply(std::span<const Change> changes) {
  Contents next = contents_;
  const Taking taking{next};
  for (const Change& change : changes) {
    if (auto taken = std::visit(taking, change); !taken) return taken;
  }
  contents_ = std::move(next);
  return {};
}

}  // namespace amqp::catalog
