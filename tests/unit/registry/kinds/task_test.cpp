#include "registry/kinds/task.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

using namespace std::chrono_literals;

constexpr core::WallTime kNow{std::chrono::milliseconds{1'700'000'000'000}};

class Tasks : public SmallRegistry {
 protected:
  Tasks() {
    occasion_.time = kNow;
    ann_ = a_user(acme_, "ann", model::Role::user);
    root_ = a_user(system_, "root", model::Role::system_administrator);
    occasion_.actor.user = root_;
  }

  core::Uuid a_user(const core::Uuid& home, std::string_view name, model::Role power) {
    return add(user(), home,
               {{"name", text(name)},
                {"Role", reference_to_role(power)},
                {"PasswordHash", text("$y$hash")}});
  }

  std::optional<BrokenRule> post(Fields more) {
    Resource fresh = make(task(), acme_, {{"serviceNamespace", text("org.example.photos")}});
    for (const auto& [name, value] : more) fresh.set(name, value);
    return create(std::move(fresh));
  }
  core::Uuid a_task(Fields more = {}) {
    EXPECT_EQ(said(post(more)), "nothing is broken");
    return last_;
  }
  core::WallTime time(const core::Uuid& id, std::string_view field) const {
    return *get(id).value(field).get_if<core::WallTime>();
  }
  std::vector<std::string> events(const core::Uuid& id, const Resource* before = nullptr) const {
    std::vector<std::string> types;
    for (const auto& each : task().rules->consequences(get(id), before, there_, occasion_)) {
      EXPECT_EQ(each.parent, acme_);
      EXPECT_EQ(each.draft.kind, &event());
      EXPECT_EQ(resource::validate(event().shape, each.draft.values), std::nullopt);
      types.push_back(*each.draft.values.fields[0].get_if<std::string>());
    }
    return types;
  }

  core::Uuid ann_;
  core::Uuid root_;
};

// spec 6.1 [V]
TEST_F(Tasks, StartWhenTheyArePostedAndSayWhoseTheyAre) {
  const core::Uuid id = a_task();
  EXPECT_EQ(get(id).text("name"), "task");
  EXPECT_EQ(get(id).text("status"), "queued");
  EXPECT_EQ(time(id, "startTime"), kNow);
  EXPECT_EQ(get(id).reference("Organization")->id, acme_);
  EXPECT_EQ(get(id).reference("User")->id, root_);
  EXPECT_FALSE(get(id).value("endTime").is_set());
}

// spec 6.1 [V]
TEST_F(Tasks, HaveOneOfTheStatusesOfTheSchema) {
  for (const std::string_view status :
       {"queued", "preRunning", "running", "success", "error", "canceled", "aborted"}) {
    EXPECT_EQ(said(post({{"status", text(status)}})), "nothing is broken") << status;
  }
  EXPECT_EQ(path_of(post({{"status", text("done")}})), "status");
}

// spec 6.1 [V]
TEST_F(Tasks, NameAServiceByANamespaceThatIsNotTheServers) {
  EXPECT_EQ(path_of(post({{"serviceNamespace", text("com.vmware.vcloud.task")}})),
            "serviceNamespace");
  EXPECT_EQ(path_of(post({{"serviceNamespace", text("")}})), "serviceNamespace");
  EXPECT_EQ(path_of(post({{"serviceNamespace", text(std::string(129, 'n'))}})), "serviceNamespace");
  EXPECT_EQ(said(post({{"serviceNamespace", text(std::string(128, 'n'))}})), "nothing is broken");
}

// spec 6.1 [V]
TEST_F(Tasks, AreOfAMemberOrASystemAdministrator) {
  const core::Uuid globex = add(organisation(), {}, {{"name", text("globex")}});
  const core::Uuid eve = a_user(globex, "eve", model::Role::user);
  EXPECT_EQ(said(post({{"User", refer(ann_)}})), "nothing is broken");
  EXPECT_EQ(said(post({{"User", refer(root_)}})), "nothing is broken");
  EXPECT_EQ(said(post({{"User", refer(eve)}})),
            "User must be a member of the organization or a system administrator.");
  Reference nobody = refer(ann_);
  nobody.id = core::Uuid::random();
  EXPECT_EQ(path_of(post({{"User", nobody}})), "User");
}

TEST_F(Tasks, AreAboutWhatIsOfTheKindThatTheySay) {
  Reference elsewhere;
  elsewhere.href = "https://photos.example.org/17";
  EXPECT_EQ(said(post({{"Owner", elsewhere}})), "nothing is broken");
  Reference as_role = refer(acme_);
  as_role.kind = role().urn_kind;
  EXPECT_EQ(path_of(post({{"Owner", as_role}})), "Owner");
  const core::Uuid id = a_task({{"Owner", refer(acme_)}});
  EXPECT_EQ(path_of(change(id, {{"Owner", as_role}})), "Owner");
}

// spec 6.1 [V]
TEST_F(Tasks, HaveAProgressFromNothingToAll) {
  EXPECT_EQ(said(post({{"Progress", std::int64_t{0}}})), "nothing is broken");
  EXPECT_EQ(said(post({{"Progress", std::int64_t{100}}})), "nothing is broken");
  EXPECT_EQ(path_of(post({{"Progress", std::int64_t{101}}})), "Progress");
}

// spec 6.1 [V]
TEST_F(Tasks, EndAndExpireWhenTheyAreFinished) {
  for (const std::string_view status : {"success", "error", "canceled", "aborted"}) {
    const core::Uuid id = a_task({{"status", text("running")}});
    occasion_.time = kNow + 1h;
    EXPECT_EQ(said(change(id, {{"status", text(status)}})), "nothing is broken");
    EXPECT_EQ(time(id, "endTime"), kNow + 1h) << status;
    EXPECT_GT(time(id, "expiryTime"), kNow + 1h) << status;
    // Another PUT of the same status is no second end.
    occasion_.time = kNow + 2h;
    EXPECT_EQ(said(change(id, {{"status", text(status)}, {"Details", text("all of it")}})),
              "nothing is broken");
    EXPECT_EQ(time(id, "endTime"), kNow + 1h) << status;
    occasion_.time = kNow;
  }
}

TEST_F(Tasks, MayBePostedWhenTheyAreOver) {
  const core::Uuid id = a_task({{"status", text("success")}});
  EXPECT_EQ(time(id, "endTime"), kNow);
}

TEST_F(Tasks, ThatAreOverStayOver) {
  const core::Uuid id = a_task({{"status", text("error")}});
  EXPECT_EQ(path_of(change(id, {{"status", text("running")}})), "status");
  EXPECT_EQ(path_of(change(id, {{"status", text("success")}})), "status");
}

// spec 6.1 [V]: pyvcloud sends the whole Task with each change.
TEST_F(Tasks, TakeAWholeTaskAsTheirChange) {
  const core::Uuid id = a_task({{"User", refer(ann_)}});
  EXPECT_EQ(said(change(id, {{"serviceNamespace", text("org.example.photos")},
                             {"name", text("task")},
                             {"status", text("running")},
                             {"operation", text("Importing photos")},
                             {"operationName", text("photoImport")},
                             {"Owner", refer(acme_)},
                             {"User", refer(ann_)},
                             {"Progress", std::int64_t{10}},
                             {"Details", text("1 of 10")}})),
            "nothing is broken");
  EXPECT_EQ(path_of(change(id, {{"serviceNamespace", text("org.example.other")}})),
            "serviceNamespace");
}

TEST_F(Tasks, OfSomebodyWhoLeftCanStillBeChanged) {
  const core::Uuid id = a_task({{"User", refer(ann_)}});
  const Reference then = *get(id).reference("User");
  there_ = there_.without(ann_);
  EXPECT_EQ(said(change(id, {{"status", text("success")}, {"User", then}})), "nothing is broken");
}

// spec 6.1 [V]
TEST_F(Tasks, ThatGoOnCanBeCanceledOnce) {
  const core::Uuid id = a_task({{"status", text("running")}});
  EXPECT_TRUE(can_cancel(get(id)));
  const resource::Amendment canceled = cancellation();
  const auto place = *task().shape.find("cancelRequested");
  EXPECT_EQ(said(change(id, {{"cancelRequested", canceled.values.fields[place]}})),
            "nothing is broken");
  EXPECT_FALSE(can_cancel(get(id)));
  // It is the service that reports the end.
  EXPECT_EQ(get(id).text("status"), "running");
  EXPECT_FALSE(can_cancel(get(a_task({{"status", text("success")}}))));
}

// spec 6.1 [V]
TEST_F(Tasks, CanceledLinkIsThereAsLongAsTheyCanBe) {
  const auto& links = task().views[0].links;
  const auto link = std::find_if(links.begin(), links.end(),
                                 [](const auto& each) { return each.rel == "task:cancel"; });
  ASSERT_NE(link, links.end());
  EXPECT_EQ(link->href, "{self}/action/cancel");
  EXPECT_TRUE(link->when(get(a_task()), there_));
  EXPECT_FALSE(link->when(get(a_task({{"status", text("aborted")}})), there_));
}

// spec 6.1 [V]
TEST_F(Tasks, BringAboutAnEventWhenTheyArePosted) {
  EXPECT_EQ(events(a_task()), std::vector<std::string>{"com/vmware/vcloud/event/task/create"});
}

TEST_F(Tasks, BringAboutAnEventWithEachTurn) {
  const core::Uuid id = a_task({{"status", text("running")}});
  EXPECT_EQ(events(id).size(), 2U);  // create and start
  const Resource before = get(id);
  EXPECT_EQ(said(change(id, {{"Progress", std::int64_t{50}}})), "nothing is broken");
  EXPECT_TRUE(events(id, &before).empty());
  EXPECT_EQ(said(change(id, {{"status", text("error")}})), "nothing is broken");
  EXPECT_EQ(events(id, &before), std::vector<std::string>{"com/vmware/vcloud/event/task/fail"});
}

TEST_F(Tasks, AreGoneWhenTheirTimeHasCome) {
  const core::Uuid over = a_task({{"status", text("success")}});
  a_task({{"status", text("running")}});
  EXPECT_TRUE(expired_tasks(there_, kNow).empty());
  const core::WallTime expiry = time(over, "expiryTime");
  EXPECT_TRUE(expired_tasks(there_, expiry - 1ms).empty());
  EXPECT_EQ(expired_tasks(there_, expiry), std::vector<core::Uuid>{over});
}

TEST_F(Tasks, MakeRoomOnlyWhenTheyAreOver) {
  EXPECT_TRUE(task().rules->may_make_room(get(a_task({{"status", text("success")}}))));
  EXPECT_FALSE(task().rules->may_make_room(get(a_task())));
}

// spec 2.5 [V]
TEST_F(Tasks, AreListedWithWhatTheyAreAbout) {
  const core::Uuid id = a_task(
      {{"User", refer(ann_)}, {"Owner", refer(acme_)}, {"operationName", text("photoImport")}});
  EXPECT_EQ(attribute_text("task", "name", id), "photoImport");
  EXPECT_EQ(attribute_text("task", "ownerName", id), "ann");
  EXPECT_EQ(attribute_text("task", "objectName", id), "acme");
  EXPECT_EQ(attribute_text("task", "objectType", id), "org");
  EXPECT_EQ(attribute_text("adminTask", "orgName", id), "acme");
  EXPECT_EQ(attribute("task", "startDate", id), Value{kNow});
}

}  // namespace
}  // namespace registry::kinds
