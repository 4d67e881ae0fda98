#include "http/representation/render.h"

#include <gtest/gtest.h>

namespace http::representation {
namespace {

constexpr MediaType kService{"application/vnd.vmware.admin.service"};

Node sample() {
  Node node{Namespace::vmext, "Service"};
  node.attribute("name", std::string{"a<b"});
  node.attribute("type", kService);
  node.attribute("id", {});
  node.list("link", {link("remove", std::nullopt, "h")});
  node.value(Namespace::vcloud, "Description", optional_text(""));
  node.value(Namespace::vmext, "Enabled", true);
  node.value(Namespace::vmext, "Priority", std::int64_t{50});
  node.absent("Tasks");
  Node child{Namespace::vcloud, "Owner"};
  node.child(std::move(child));
  return node;
}

TEST(Render, OneDescriptionGivesXml) {
  EXPECT_EQ(render_xml(sample()).text(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<vmext:Service xmlns=\"http://www.vmware.com/vcloud/v1.5\""
            " xmlns:vmext=\"http://www.vmware.com/vcloud/extension/v1.5\""
            " name=\"a&lt;b\" type=\"application/vnd.vmware.admin.service+xml\">"
            "<Link href=\"h\" rel=\"remove\"/>"
            "<vmext:Enabled>true</vmext:Enabled><vmext:Priority>50</vmext:Priority><Owner/>"
            "</vmext:Service>");
}

TEST(Render, OneDescriptionGivesJson) {
  EXPECT_EQ(
      render_json(sample()).text(),
      R"({"otherAttributes":{},"name":"a<b","type":"application/vnd.vmware.admin.service+json",)"
      R"("id":null,"link":[{"otherAttributes":{},"href":"h","id":null,"type":null,"name":null,)"
      R"("rel":"remove"}],"description":null,"enabled":true,"priority":50,"tasks":null,)"
      R"("owner":{"otherAttributes":{}}})");
}

TEST(Render, AnEmptyListIsAnEmptyArrayAndNoElement) {
  Node node{Namespace::vcloud, "OrgList"};
  node.list("org", {});
  node.json_type("OrgListType");
  EXPECT_EQ(render_json(node).text(), R"({"_type":"OrgListType","otherAttributes":{},"org":[]})");
  EXPECT_TRUE(
      render_xml(node).text().ends_with("<OrgList xmlns=\"http://www.vmware.com/vcloud/v1.5\"/>"));
}

TEST(Render, ValuesStandSideBySideAndInAnArray) {
  Node node{Namespace::vcloud, "SupportedApiVersions"};
  node.values(Namespace::vmext, "Version", {std::string{"1"}, std::string{"2"}});
  EXPECT_EQ(render_json(node).text(), R"({"otherAttributes":{},"version":["1","2"]})");
  EXPECT_TRUE(render_xml(node).text().ends_with(
      " xmlns:vmext=\"http://www.vmware.com/vcloud/extension/v1.5\">"
      "<vmext:Version>1</vmext:Version><vmext:Version>2</vmext:Version></SupportedApiVersions>"));
}

TEST(Render, ContentTypeNamesTheVersion) {
  EXPECT_EQ(content_type(kService, {Format::json, "35.0"}),
            "application/vnd.vmware.admin.service+json;version=35.0");
  EXPECT_EQ(content_type(kService, {Format::xml, ""}), "application/vnd.vmware.admin.service+xml");
}

}  // namespace
}  // namespace http::representation
