#include "http/schema/record_names.h"

#include <gtest/gtest.h>

namespace http::schema {
namespace {

using registry::resource::Query;

TEST(RecordNames, AreMadeOfTheTypesName) {
  const Query query{.name = "apiFilter"};
  EXPECT_EQ(record_name(query), "ApiFilterRecord");
  EXPECT_EQ(reference_name(query), "ApiFilterReference");
  EXPECT_EQ(references_name(query), "ApiFilterReferences");
}

TEST(RecordNames, OfReferencesFollowARecordOfAnotherName) {
  const Query query{.name = "organization", .record = "OrgRecord"};
  EXPECT_EQ(record_name(query), "OrgRecord");
  EXPECT_EQ(reference_name(query), "OrgReference");
  EXPECT_EQ(references_name(query), "OrgReferences");
}

// spec 2.5 [V]: clients that were made from the schema know these names only.
TEST(RecordNames, OfReferencesAreThoseOfTheClientsSchema) {
  EXPECT_EQ(references_name({.name = "adminUser"}), "UserReferences");
  EXPECT_EQ(references_name({.name = "adminTask"}), "TaskReferences");
  EXPECT_EQ(references_name({.name = "serviceResource"}), "ServiceResourceResourceReferences");
  EXPECT_EQ(references_name({.name = "adminVM", .record = "AdminVMRecord"}), "VMReferences");
  EXPECT_EQ(references_name({.name = "adminVApp"}), "VAppReferences");
}

}  // namespace
}  // namespace http::schema
