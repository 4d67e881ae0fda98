#include "registry/kinds/localization.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/kinds/kinds.h"
#include "tests/unit/http/vcloud/vcloud_fixture.h"
#include "tests/unit/registry/localization/archive.h"

namespace http::vcloud {
namespace {

using registry::localization::Archive;

constexpr std::string_view kParamsXml = "application/vnd.vmware.admin.bundleUploadParams+xml";

class Localization : public VcloudTest {
 protected:
  Localization() : service(add_service()) {}

  native::Answer announce(std::size_t size, std::string_view more = {}) {
    const std::string body =
        "<BundleUploadParams xmlns=\"http://www.vmware.com/vcloud/extension/v1.5\" fileSize=\"" +
        std::to_string(size) + "\" " + std::string{more} + "/>";
    return by_root("POST", service_path(service) + "/localizationbundles")
        .body(kParamsXml, body)
        .send();
  }
  /// The path that an announced bundle is to be PUT to.
  std::string socket(std::size_t size) {
    const auto answer = announce(size);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto document = xml(answer);
    EXPECT_TRUE(document.root().is(kVmext, "BundleUploadSocket"));
    const std::string url{document.root().attribute("uploadLocation").value_or("")};
    EXPECT_TRUE(url.starts_with(kHost)) << url;
    return url.substr(std::min(kHost.size(), url.size()));
  }
  std::uint16_t put(const std::string& path, std::string_view body, std::string_view range = {}) {
    native::Exchange exchange = by_root("PUT", path);
    if (!range.empty()) exchange.header("Content-Range", range);
    return exchange.body("application/zip", body).send().status;
  }
  std::string texts(std::string_view locale) const {
    const auto* found =
        registry::kinds::localization_of(*registry.snapshot()->resources, service, locale);
    return found == nullptr ? "none" : found->text("texts");
  }

  const core::Uuid service;
};

// spec 3.6 [V]
TEST_F(Localization, IsPutWhereThePostSays) {
  const std::string bundle = Archive{}
                                 .add(Archive::deflated("en_US", "b=2\na=1\n"))
                                 .add(Archive::stored("fr_FR", "a=un\n"))
                                 .octets();
  EXPECT_EQ(put(socket(bundle.size()), bundle), 200);
  EXPECT_EQ(texts("en_US"), "a=1\nb=2\n");
  EXPECT_EQ(texts("fr_FR"), "a=un\n");
}

TEST_F(Localization, IsAnnouncedByTheNamespaceWhereTheUrlNamesNoService) {
  const auto announced = [&](std::string_view more) {
    return by_root("POST", "/api/admin/extension/service/localizationbundles")
        .body(kParamsXml,
              "<BundleUploadParams xmlns=\"http://www.vmware.com/vcloud/extension/v1.5\""
              " fileSize=\"100\" " +
                  std::string{more} + "/>")
        .send();
  };
  const std::string space = registry.snapshot()->resources->find(service)->text("Namespace");
  const auto answer = announced("serviceNamespace=\"" + space + "\"");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(xml(answer).root().is(kVmext, "BundleUploadSocket"));
  EXPECT_EQ(announced("serviceNamespace=\"org.example.nobody\"").status, 400);
  EXPECT_EQ(announced("").status, 400);
}

TEST_F(Localization, LeavesNothingUnusedToClear) {
  const auto path = "/api/admin/extension/service/action/clearunusedlocalizationbundles";
  EXPECT_EQ(by_root("POST", path).send().status, 204);
}

// spec 3.6 [V]
TEST_F(Localization, MayComeInFragments) {
  const std::string bundle = Archive{}.add(Archive::stored("en_US", "a=1\n")).octets();
  const std::string path = socket(bundle.size());
  const std::string whole = "/" + std::to_string(bundle.size());
  const std::string last = std::to_string(bundle.size() - 1);
  EXPECT_EQ(put(path, bundle.substr(0, 50), "bytes 0-49" + whole), 200);
  EXPECT_EQ(texts("en_US"), "none");
  EXPECT_EQ(put(path, bundle.substr(50), "bytes 50-" + last + whole), 200);
  EXPECT_EQ(texts("en_US"), "a=1\n");
}

// spec 3.6 [V]
TEST_F(Localization, OfASecondUploadAddsKeysAndUpdatesValues) {
  for (const std::string_view file : {"a=1\nb=2\n", "b=3\nc=4\n"}) {
    const std::string bundle = Archive{}.add(Archive::stored("en_US", file)).octets();
    EXPECT_EQ(put(socket(bundle.size()), bundle), 200);
  }
  EXPECT_EQ(texts("en_US"), "a=1\nb=3\nc=4\n");
}

TEST_F(Localization, IsRefusedWithTheReason) {
  EXPECT_EQ(announce(0).status, 400);
  EXPECT_EQ(announce(21 * 1024 * 1024).status, 400);
  EXPECT_EQ(announce(10, "serviceNamespace=\"org.example.other\"").status, 400);
  EXPECT_EQ(announce(10, "serviceNamespace=\"org.example.backup\"").status, 200);
  EXPECT_EQ(put(socket(9), "no bundle"), 400);
  EXPECT_EQ(put(socket(9), "too short"), 400);
  EXPECT_EQ(put(socket(10), "too short"), 400);
  EXPECT_EQ(put(socket(9), "some", "bytes 0-9/9"), 400);
  EXPECT_EQ(put("/transfer/" + core::Uuid::random().to_string() + "/file", "x"), 404);
  EXPECT_EQ(put("/transfer/x/file", "x"), 404);
}

/// Uploads that are read when the test says so.
class HeldUploads final : public Uploads {
 public:
  bool read(std::string octets, BundleRead done) override {
    if (full) return false;
    held_.emplace_back(std::move(octets), std::move(done));
    return true;
  }
  void let_go() {
    for (auto& [octets, done] : std::exchange(held_, {})) {
      ASSERT_TRUE(Uploads::read(std::move(octets), std::move(done)));
    }
  }
  bool full = false;

 private:
  std::vector<std::pair<std::string, BundleRead>> held_;
};

/// Localization where reading takes as long as the test wants.
class SlowLocalization : public Localization {
 protected:
  SlowLocalization() {
    const std::string bundle = Archive{}.add(Archive::stored("en_US", "a=1\n")).octets();
    const core::Uuid id = uploads->announce(service, bundle.size(), native::FakeRegistry::kNow);
    put_bundle.emplace(slow_api, "PUT", "/transfer/" + id.to_string() + "/file");
    put_bundle->as(registry.caller("root")).body("application/zip", bundle);
  }

  const std::shared_ptr<HeldUploads> uploads = std::make_shared<HeldUploads>();
  VcloudApi slow_api{registry, {}, {}, uploads};
  std::optional<native::Exchange> put_bundle;
};

TEST_F(SlowLocalization, IsAnsweredWhenItHasBeenReadAndKept) {
  EXPECT_EQ(put_bundle->send().status, 0);
  EXPECT_EQ(texts("en_US"), "none");
  uploads->let_go();
  EXPECT_EQ(put_bundle->answer().status, 200);
  EXPECT_EQ(texts("en_US"), "a=1\n");
}

TEST_F(SlowLocalization, IsRefusedWhenItsServiceHasGoneMeanwhile) {
  put_bundle->send();
  EXPECT_EQ(by_root("DELETE", service_path(service)).send().status, 204);
  uploads->let_go();
  EXPECT_EQ(put_bundle->answer().status, 404);
}

TEST_F(SlowLocalization, IsRefusedWhenTooManyWait) {
  uploads->full = true;
  EXPECT_EQ(put_bundle->send().status, 503);
}

TEST_F(Localization, IsForSystemAdministrators) {
  const std::string path = socket(4);
  EXPECT_EQ(request("PUT", path).body("application/zip", "file").send().status, 401);
  EXPECT_EQ(request("PUT", path)
                .as(registry.caller("user"))
                .body("application/zip", "file")
                .send()
                .status,
            403);
}

}  // namespace
}  // namespace http::vcloud
