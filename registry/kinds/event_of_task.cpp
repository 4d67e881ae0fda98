#include "registry/kinds/event_of_task.h"

#include <array>

#include "registry/kinds/kinds.h"

namespace registry::kinds {
namespace {

struct Turn {
  std::string_view status;
  std::string_view type;
  bool success;
};
constexpr std::string_view kPosted = "com/vmware/vcloud/event/task/create";
/// What it means that a task has come to a status.
constexpr std::array kTurns{
    Turn{"running", "com/vmware/vcloud/event/task/start", true},
    Turn{"success", "com/vmware/vcloud/event/task/complete", true},
    Turn{"error", "com/vmware/vcloud/event/task/fail", false},
    Turn{"canceled", "com/vmware/vcloud/event/task/abort", false},
    Turn{"aborted", "com/vmware/vcloud/event/task/abort", false},
};

resource::Consequence event_of(const Resource& task, std::string_view type, bool success) {
  Resource words;
  words.kind = &event();
  words.values.fields.resize(event().shape.fields.size());
  words.set("type", std::string{type});
  words.set("serviceNamespace", task.value("serviceNamespace"));
  words.set("success", success);
  words.set("typeFull", task.value("operation"));
  words.set("Owner", refer_to(&task));
  words.set("User", task.value("User"));
  words.set("byServer", true);
  resource::Consequence made;
  made.draft.kind = words.kind;
  made.draft.values = std::move(words.values);
  made.parent = task.parent;
  return made;
}

}  // namespace

std::vector<resource::Consequence> events_of_task(const Resource& next, const Resource* before,
                                                  const Resources&, const Occasion&) {
  std::vector<resource::Consequence> events;
  // An event says who acted; a task that the server made for nobody has none.
  if (!next.value("User").is_set()) return events;
  if (before == nullptr) events.push_back(event_of(next, kPosted, true));
  if (before != nullptr && before->text("status") == next.text("status")) return events;
  for (const Turn& turn : kTurns) {
    if (next.text("status") == turn.status) {
      events.push_back(event_of(next, turn.type, turn.success));
    }
  }
  return events;
}

}  // namespace registry::kinds
