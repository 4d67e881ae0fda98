#include "registry/kinds/localization.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

class Localizations : public SmallRegistry {
 protected:
  Localizations() {
    service_ = add(service(), {},
                   {{"name", text("photos")},
                    {"Namespace", text(kNamespace)},
                    {"RoutingKey", text("photos")},
                    {"Exchange", text("extensions")}});
    upload("en_US",
           "FAILED.photo/import=Import of {resourceName} failed\n"
           "org=organization\n"
           "photo/import=Photos imported\n"
           "photoImport=Import into the {resourceType} {resourceName} ({resourceId})\n"
           "photoImport_PROGRESS=Importing photos\n");
    upload("fr_FR", "org=organisation\nphotoImport=Importation dans {resourceType}\n");
  }

  void upload(std::string_view locale, std::string_view texts) {
    const localization::LocaleTexts given{std::string{locale}, std::string{texts}};
    if (const Resource* known = localization_of(there_, service_, locale)) {
      const auto amendment = localization_amendment(given);
      EXPECT_EQ(said(change(known->id, {{"texts", amendment.values.fields[1]}})),
                "nothing is broken");
      return;
    }
    Resource fresh = make(localization(), service_, {});
    fresh.values = localization_draft(given).values;
    EXPECT_EQ(said(create(std::move(fresh))), "nothing is broken");
  }

  std::string words(std::string_view key, std::string_view locale) const {
    const Reference owner = refer(acme_);
    return localized(there_, kNamespace, key, locale, &owner).value_or("none");
  }
  Resource a_task(std::string_view status) const {
    return make(task(), acme_,
                {{"serviceNamespace", text(kNamespace)},
                 {"operationName", text("photoImport")},
                 {"status", text(status)},
                 {"Owner", refer(acme_)}});
  }
  std::string shown(const Resource& resource, std::string_view locale,
                    std::string_view field) const {
    const auto in_words = in_language(resource, there_, locale);
    return in_words ? in_words->text(field) : "as it is";
  }

  static constexpr std::string_view kNamespace = "org.example.photos";
  core::Uuid service_;
};

// spec 3.6 [V]
TEST_F(Localizations, AreThoseOfTheClientsLocaleElseOfEnglish) {
  EXPECT_EQ(words("photoImport", "fr_FR"), "Importation dans organisation");
  EXPECT_EQ(words("photo/import", "fr_FR"), "Photos imported");
  EXPECT_EQ(words("photo/import", "de_DE"), "Photos imported");
  EXPECT_EQ(words("photo/import", ""), "Photos imported");
  EXPECT_EQ(words("unknown", "fr_FR"), "none");
}

// spec 3.6 [V]
TEST_F(Localizations, TakeTheirParametersFromTheOwner) {
  EXPECT_EQ(words("photoImport", "en_US"),
            "Import into the organization acme (" + acme_.to_string() + ")");
}

TEST_F(Localizations, DoNotLookForParametersInNames) {
  Reference owner;
  owner.href = "https://elsewhere/1";
  owner.type = "application/photo";
  owner.name = "{resourceId}{resourceType}";
  EXPECT_EQ(localized(there_, kNamespace, "photoImport", "en_US", &owner),
            "Import into the application/photo {resourceId}{resourceType} (https://elsewhere/1)");
}

TEST_F(Localizations, DoNotGrowWithoutEndByParametersInParameters) {
  std::string types;
  std::string names;
  for (int i = 0; i < 100; ++i) {
    types += "{resourceType}";
    names += "{resourceName}";
  }
  upload("en_US", "many=" + types + "\norg=" + names + "\n");
  Reference owner;
  owner.type = "org";
  owner.name = std::string(200, 'n');
  const auto shown = localized(there_, kNamespace, "many", "en_US", &owner);
  ASSERT_TRUE(shown.has_value());
  EXPECT_LT(shown->size(), 70'000U);
}

// spec 3.6 [V]
TEST_F(Localizations, OfASecondUploadAddKeysAndUpdateValues) {
  upload("fr_FR", "photo/import=Photos importées\nphotoImport=Importer\n");
  EXPECT_EQ(words("photoImport", "fr_FR"), "Importer");
  EXPECT_EQ(words("photo/import", "fr_FR"), "Photos importées");
  EXPECT_EQ(words("org", "fr_FR"), "organisation");
}

// spec 3.6 [V]
TEST_F(Localizations, HaveAnotherTextForATaskThatRuns) {
  EXPECT_EQ(shown(a_task("running"), "en_US", "operation"), "Importing photos");
  EXPECT_EQ(shown(a_task("success"), "fr_FR", "operation"), "Importation dans organisation");
}

// spec 3.6 [V]
TEST_F(Localizations, LeaveTheOperationOfATaskAsItWasPosted) {
  Resource posted = a_task("running");
  posted.set("operation", text("Photos are on their way"));
  EXPECT_EQ(shown(posted, "en_US", "operation"), "as it is");
}

// spec 3.6 [V]
TEST_F(Localizations, HaveAnotherTextForAnEventThatFailed) {
  Resource event_of_photos = make(event(), acme_,
                                  {{"serviceNamespace", text(kNamespace)},
                                   {"type", text("photo/import")},
                                   {"success", false},
                                   {"Owner", refer(acme_)}});
  EXPECT_EQ(shown(event_of_photos, "en_US", "typeFull"), "Import of acme failed");
  event_of_photos.set("success", true);
  EXPECT_EQ(shown(event_of_photos, "en_US", "typeFull"), "Photos imported");
}

TEST_F(Localizations, ShowOtherResourcesAsTheyAre) {
  EXPECT_EQ(in_language(get(acme_), there_, "en_US"), std::nullopt);
}

TEST_F(Localizations, AreOfALocaleThatIsOne) {
  EXPECT_EQ(said(refused(localization(), service_, {{"locale", text("english")}})),
            "'english' is no locale.");
}

TEST_F(Localizations, OfAServiceHaveABound) {
  // Each is as long as one locale may be; there is room for six.
  const std::string line = "k=" + std::string(2000, 'v') + "\n";
  std::string texts;
  while (texts.size() + line.size() < 10 * 1024 * 1024) texts += line;
  std::size_t count = 0;
  for (const std::string_view locale : {"da", "de", "el", "es", "fi", "it", "ja"}) {
    const auto broken =
        refused(localization(), service_, {{"locale", text(locale)}, {"texts", texts}});
    if (!broken) ++count;
  }
  EXPECT_EQ(count, 6U);
}

TEST_F(Localizations, AreNotInTheAuditLog) {
  EXPECT_TRUE(localization().shape.fields[1].rules.secret);
}

}  // namespace
}  // namespace registry::kinds
