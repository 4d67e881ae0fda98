// A file of version 1, which had a table for each of four kinds.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>

#include "registry/access/rights.h"
#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"
#include "registry/resource/validate.h"
#include "registry/store/sqlite_schema.h"
#include "registry/store/sqlite_store.h"
#include "tests/unit/registry/store/temporary_folder.h"

namespace registry::store {
namespace {

using resource::Resource;
using resource::Resources;

constexpr const char* kRows = R"sql(
INSERT INTO organisation VALUES
  ('00000000-0000-4000-8000-000000000001', 'System', 'system', 'System', 1),
  ('00000000-0000-4000-8000-000000000002', 'Acme', 'acme', 'Acme "in" full', 0);
INSERT INTO user VALUES
  ('00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000001',
   'administrator', '$y$root', 0, 1),
  ('00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-000000000002',
   'ann', '$y$ann', 1, 1),
  ('00000000-0000-4000-8000-000000000013', '00000000-0000-4000-8000-000000000002',
   'bob', '$y$bob', 2, 0);
INSERT INTO service VALUES
  ('00000000-0000-4000-8000-000000000021', 9, 'late', 'org.late', '', '', 0, 0, 'x', 'k', 0, NULL, ''),
  ('00000000-0000-4000-8000-000000000022', 4, 'early', 'org.early', 'It''s', 'maker', 1, 1, 'ex',
   'key', 70, 5, 'once');
INSERT INTO api_filter VALUES
  ('00000000-0000-4000-8000-000000000032', '00000000-0000-4000-8000-000000000022', 1, NULL,
   'text/plain', ''),
  ('00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000022', 0, '/api/a\d',
   NULL, 'filter once');
INSERT INTO deleted VALUES (3, 1, '00000000-0000-4000-8000-000000000041'),
                           (7, 2, '00000000-0000-4000-8000-000000000042');
)sql";

core::Uuid id(const std::string& end) {
  return *core::Uuid::parse("00000000-0000-4000-8000-0000000000" + end);
}

/// What is found in a file of version 1 with the rows above.
class Migration : public testing::Test {
 protected:
  Migration() {
    const std::string path = folder_.file("registry.db");
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    for (const char* sql : {kSchemaSteps[0], "PRAGMA user_version = 1", kRows}) {
      EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
          << sqlite3_errmsg(database);
    }
    sqlite3_close(database);
    auto opened = SqliteStore::open(path, kinds::all());
    EXPECT_TRUE(opened) << opened.error().reason;
    store_ = std::move(*opened);
    auto loaded = store_->load();
    EXPECT_TRUE(loaded) << loaded.error().act << ": " << loaded.error().reason;
    contents_ = *std::move(loaded);
    there_ = Resources{contents_.resources};
  }

  const Resource& found(const std::string& end) { return *there_.find(id(end)); }

  TemporaryFolder folder_;
  std::unique_ptr<SqliteStore> store_;
  Contents contents_;
  Resources there_;
};

TEST_F(Migration, FindsOrganisations) {
  EXPECT_EQ(found("01").kind, &kinds::organisation());
  EXPECT_EQ(found("02").text("name"), "Acme");
  EXPECT_EQ(found("02").text("FullName"), "Acme \"in\" full");
  EXPECT_TRUE(found("01").flag("IsEnabled"));
  EXPECT_FALSE(found("02").flag("IsEnabled"));
  EXPECT_EQ(there_.named(kinds::organisation(), {}, "ACME"), &found("02"));
}

TEST_F(Migration, FindsUsersWithTheirRoles) {
  EXPECT_EQ(found("12").kind, &kinds::user());
  EXPECT_EQ(found("12").parent, id("02"));
  EXPECT_EQ(found("12").text("name"), "ann");
  EXPECT_EQ(found("12").text("PasswordHash"), "$y$ann");
  EXPECT_TRUE(found("12").flag("IsEnabled"));
  EXPECT_FALSE(found("13").flag("IsEnabled"));
  EXPECT_EQ(there_.named(kinds::user(), id("02"), "bob"), &found("13"));
  for (const auto& [user, role] : {std::pair{"11", model::Role::system_administrator},
                                   {"12", model::Role::organisation_administrator},
                                   {"13", model::Role::user}}) {
    const auto* reference = found(user).reference("Role");
    ASSERT_NE(reference, nullptr);
    EXPECT_EQ(*reference, kinds::reference_to_role(role));
  }
}

TEST_F(Migration, FindsServices) {
  const Resource& early = found("22");
  EXPECT_EQ(early.kind, &kinds::service());
  EXPECT_EQ(early.operation_key, "once");
  EXPECT_EQ(early.text("name"), "early");
  EXPECT_EQ(early.text("Description"), "It's");
  EXPECT_EQ(early.text("Namespace"), "org.early");
  EXPECT_TRUE(early.flag("Enabled"));
  EXPECT_TRUE(early.flag("AuthorizationEnabled"));
  EXPECT_EQ(early.text("RoutingKey"), "key");
  EXPECT_EQ(early.number("Priority"), 70);
  EXPECT_EQ(early.text("Exchange"), "ex");
  EXPECT_EQ(early.text("Vendor"), "maker");
  EXPECT_EQ(early.number("ReplyTimeoutSeconds"), 5);
  const Resource& late = found("21");
  EXPECT_FALSE(late.value("Description").is_set());
  EXPECT_FALSE(late.value("ReplyTimeoutSeconds").is_set());
  EXPECT_FALSE(late.flag("Enabled"));
  EXPECT_LT(early.created, late.created);
}

TEST_F(Migration, FindsFiltersInTheirOrder) {
  EXPECT_THAT(there_.children(id("22")),
              testing::ElementsAre(there_.share(id("31")), there_.share(id("32"))));
  EXPECT_EQ(found("31").kind, &kinds::api_filter());
  EXPECT_EQ(found("31").text("UrlPattern"), "/api/a\\d");
  EXPECT_EQ(found("31").operation_key, "filter once");
  EXPECT_FALSE(found("31").value("ResponseContentType").is_set());
  EXPECT_EQ(found("32").text("ResponseContentType"), "text/plain");
}

TEST_F(Migration, KeepsWhatWasDeleted) {
  EXPECT_EQ(contents_.deleted,
            (std::vector<Deleted>{{id("41"), "externalService"}, {id("42"), "apiFilter"}}));
}

TEST_F(Migration, MakesNothingThatItsDescriptionWouldNotTake) {
  EXPECT_EQ(contents_.resources.size(), 9U);
  for (const auto& one : contents_.resources) {
    const auto broken = resource::validate(one->kind->shape, one->values);
    EXPECT_FALSE(broken) << broken->text;
  }
}

TEST_F(Migration, LeavesAStoreThatTakesChangesAndKnowsEveryName) {
  auto again = std::make_shared<Resource>(found("22"));
  again->id = core::Uuid::random();
  again->created = there_.last_created() + 1;
  EXPECT_FALSE(store_->apply(std::vector<Change>{PutResource{again}})) << "the namespace is taken";
  again->set("Namespace", "org.other");
  EXPECT_TRUE(store_->apply(std::vector<Change>{PutResource{again}}));
  for (const char* end : {"01", "13"}) {
    auto same = std::make_shared<Resource>(found(end));
    same->id = core::Uuid::random();
    same->created = there_.last_created() + 2;
    EXPECT_FALSE(store_->apply(std::vector<Change>{PutResource{same}})) << end;
  }
}

}  // namespace
}  // namespace registry::store
