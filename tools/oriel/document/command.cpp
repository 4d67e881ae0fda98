#include "tools/oriel/document/command.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/base/check.h"
#include "http/cloudapi/cloud_api.h"
#include "http/schema/openapi.h"
#include "http/schema/reference.h"
#include "http/schema/route_table.h"
#include "http/schema/xsd.h"
#include "http/vcloud/vcloud_api.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::document {
namespace {

/// For routes that are looked at and never followed.
class NoRegistry final : public registry::service::Registry {
 public:
  void submit(registry::service::Command, registry::service::CommandDone) override {
    CORE_CHECK(false);
  }
  [[nodiscard]] const registry::service::SnapshotPtr& snapshot() const override { return none_; }

 private:
  registry::service::SnapshotPtr none_;
};

int print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kOk;
}

int print_schema(const std::string& name) {
  const auto* file = http::schema::schema_file(name);
  if (file != nullptr) return print(file->text);
  std::fprintf(stderr, "oriel: there is no schema of that name; there are");
  for (const auto& each : http::schema::schema_files()) {
    std::fprintf(stderr, " %s", each.name.c_str());
  }
  std::fputs("\n", stderr);
  return kUsage;
}

}  // namespace

std::vector<http::native::Route> all_routes() {
  NoRegistry registry;
  const http::vcloud::VcloudApi vcloud{registry, {}};
  const http::cloudapi::CloudApi cloudapi{registry, {}};
  std::vector<http::native::Route> all = vcloud.routes();
  all.insert(all.end(), cloudapi.routes().begin(), cloudapi.routes().end());
  return all;
}

void add_command(CLI::App& app, int& status) {
  CLI::App* document = app.add_subcommand("document", "Print documents about the API");
  document->group("");  // not in the help
  document->require_subcommand(1);
  document->add_subcommand("reference", "The API's reference, as Markdown")->callback([&status] {
    status = print(http::schema::api_reference());
  });
  document->add_subcommand("routes", "The table of every URL, as Markdown")->callback([&status] {
    status = print(http::schema::route_table(all_routes()));
  });
  document->add_subcommand("openapi", "The OpenAPI document of /cloudapi")->callback([&status] {
    status = print(http::schema::openapi() + "\n");
  });
  CLI::App* schema = document->add_subcommand("schema", "An XML Schema");
  auto name = std::make_shared<std::string>("master.xsd");
  schema->add_option("name", *name, "its file name");
  schema->callback([&status, name] { status = print_schema(*name); });
}

}  // namespace oriel::document
