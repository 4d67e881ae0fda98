#include "http/error/error.h"

#include <gtest/gtest.h>

#include "core/json/value.h"
#include "core/xml/document.h"

namespace http::error {
namespace {

message::Request request(std::string_view path, std::string_view accept) {
  message::Request result;
  result.method = "GET";
  result.target.path = path;
  if (!accept.empty()) result.headers.add("Accept", accept);
  return result;
}

const ApiError kTimeout{504, kGatewayTimeout, "External service 'a & b' failed"};

TEST(ApiError, IsXmlForAnAcceptOfXmlOrOfNeither) {
  for (const std::string_view accept : {"application/*+xml;version=35.0", "text/html", ""}) {
    const auto response = render(kTimeout, request("/api/x", accept));
    EXPECT_EQ(response.status, 504);
    const auto document = core::xml::parse(response.body.text());
    ASSERT_TRUE(document) << response.body.text();
    EXPECT_TRUE(document->root().is("http://www.vmware.com/vcloud/v1.5", "Error"));
    EXPECT_EQ(document->root().attribute("message"), "External service 'a & b' failed");
    EXPECT_EQ(document->root().attribute("majorErrorCode"), "504");
    EXPECT_EQ(document->root().attribute("minorErrorCode"), "GATEWAY_TIMEOUT");
    EXPECT_EQ(document->root().attribute("stackTrace"), std::nullopt);
  }
}

TEST(ApiError, SaysTheVersionInContentTypeOnlyWhenItWasAsked) {
  EXPECT_EQ(*render(kTimeout, request("/api/x", "application/*+xml;version=35.0"))
                 .headers.find("Content-Type"),
            "application/vnd.vmware.vcloud.error+xml;version=35.0");
  EXPECT_EQ(*render(kTimeout, request("/api/x", "*/*")).headers.find("Content-Type"),
            "application/vnd.vmware.vcloud.error+xml");
}

TEST(ApiError, IsTheJaxbObjectForAnAcceptOfJson) {
  const auto response = render(kTimeout, request("/api/x", "application/*+json;version=36.0"));
  EXPECT_EQ(*response.headers.find("Content-Type"),
            "application/vnd.vmware.vcloud.error+json;version=36.0");
  EXPECT_EQ(response.body.text(),
            R"({"otherAttributes":{},"tenantError":null,"stackTrace":null,)"
            R"("message":"External service 'a & b' failed","majorErrorCode":504,)"
            R"("minorErrorCode":"GATEWAY_TIMEOUT","vendorSpecificErrorCode":null})");
}

TEST(ApiError, IsAPlainJsonObjectUnderCloudapiWhateverIsAccepted) {
  const auto response = render(kTimeout, request("/cloudapi/1.0.0/sessions", "application/*+xml"));
  EXPECT_EQ(*response.headers.find("Content-Type"), "application/json");
  EXPECT_EQ(response.body.text(),
            R"({"minorErrorCode":"GATEWAY_TIMEOUT","message":"External service 'a & b' failed",)"
            R"("stackTrace":null})");
}

TEST(ApiError, AnyMessageMakesAWellFormedDocument) {
  using namespace std::string_literals;
  const ApiError error{400, kBadRequest, "\0\x1B\xFF]]><\"&"s};
  EXPECT_TRUE(core::xml::parse(render(error, request("/api", "")).body.text()));
  EXPECT_TRUE(core::json::Document::parse(render(error, request("/cloudapi", "")).body.text()));
}

TEST(ApiError, UnauthorizedNamesAWayIn) {
  EXPECT_NE(render({401, kUnauthorized, ""}, request("/api", "")).headers.find("WWW-Authenticate"),
            nullptr);
  EXPECT_EQ(render({403, kForbidden, ""}, request("/api", "")).headers.find("WWW-Authenticate"),
            nullptr);
}

}  // namespace
}  // namespace http::error
