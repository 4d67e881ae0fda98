#include "http/dispatch/identity_claims.h"

#include <gtest/gtest.h>

#include <string>

namespace http::dispatch {
namespace {

std::string left_of(const message::Headers& headers) {
  std::string names;
  for (const message::Field& field : headers.fields()) names += field.name + " ";
  return names;
}

TEST(IdentityClaims, AreTakenOutInAnyCaseAndNumber) {
  message::Headers headers;
  for (const char* name : {"x-vcloud-user", "X-VCLOUD-Org", "Accept", "x-forwarded-for",
                           "X-Forwarded-User", "X-Forwarded-For", "Forwarded", "x-real-ip"}) {
    headers.add(name, "root");
  }
  drop_identity_claims(headers);
  EXPECT_EQ(left_of(headers), "Accept ");
}

TEST(IdentityClaims, AreNotTokensNorWhatOnlySoundsAlike) {
  message::Headers headers;
  for (const char* name : {"x-vcloud-authorization", "X-VMWARE-VCLOUD-TENANT-CONTEXT", "x-vcloud",
                           "X-Forwarded", "Authorization", "Forwarded-By"}) {
    headers.add(name, "1");
  }
  drop_identity_claims(headers);
  EXPECT_EQ(headers.fields().size(), 6U);
}

}  // namespace
}  // namespace http::dispatch
