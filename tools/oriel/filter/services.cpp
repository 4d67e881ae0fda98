#include "tools/oriel/filter/services.h"

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "core/base/octets.h"
#include "core/json/value.h"
#include "registry/kinds/kinds.h"
#include "registry/model/model.h"
#include "registry/resource/resources.h"
#include "registry/service/derive.h"
#include "registry/store/sqlite_store.h"
#include "tools/oriel/bench/http_reader.h"
#include "tools/oriel/bench/net.h"
#include "tools/oriel/bench/urls.h"
#include "tools/oriel/settings/exit_codes.h"
#include "tools/oriel/store/free_data.h"

namespace oriel::filter {
namespace {

core::Unexpected<Trouble> unreachable(std::string sentence) {
  return core::Unexpected{Trouble{std::move(sentence), kUnreachable}};
}

core::Result<std::string, std::string> get(const bench::Target& target,
                                           const std::string& request) {
  asio::io_context loop;
  bench::Stream stream{loop, target};
  if (const std::error_code error = stream.connect()) return core::Unexpected{error.message()};
  if (const std::error_code error = stream.write(request)) return core::Unexpected{error.message()};
  bench::HttpReader reader;
  std::array<std::byte, 65536> octets{};
  while (true) {
    std::error_code error;
    const std::size_t size = stream.read_some(asio::buffer(octets), error);
    if (error) return core::Unexpected{error.message()};
    const auto heard = reader.hear(core::Octets{octets}.first(size));
    if (heard == bench::HttpReader::Heard::broken || reader.body().size() > kRoutesOctetsMax) {
      return core::Unexpected{std::string{"its answer is none that is wanted here"}};
    }
    if (heard == bench::HttpReader::Heard::more) continue;
    if (reader.status() != 200) {
      return core::Unexpected{"it answers " + std::to_string(reader.status())};
    }
    return std::string{reader.body()};
  }
}

/// The operator's listener of the appliance that runs in the folder, if one does.
std::optional<std::string> operator_of(const std::string& folder) {
  std::ifstream file{folder + "/listen.json", std::ios::binary};
  if (!file) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  const auto document = core::json::Document::parse(text);
  const auto url = document ? document->root().find("operator").string() : std::nullopt;
  if (!url) return std::nullopt;
  return std::string{*url};
}

std::vector<Route> routes_of(std::vector<registry::resource::ResourcePtr> resources) {
  const registry::resource::Resources there{std::move(resources)};
  std::vector<registry::model::Service> services;
  for (const auto& service : there.all(registry::kinds::service())) {
    services.push_back(registry::service::service_of(*service, there));
  }
  std::sort(services.begin(), services.end(), [](const auto& left, const auto& right) {
    if (left.priority != right.priority) return left.priority > right.priority;
    return left.created < right.created;
  });
  std::vector<Route> routes;
  for (const auto& service : services) {
    for (const auto& filter : service.filters) {
      if (!filter.url_pattern) continue;
      routes.push_back({service.name, service.priority, service.enabled, *filter.url_pattern});
    }
  }
  return routes;
}

/// Of an appliance that does not run.
core::Result<Services, Trouble> read_registry(const std::string& folder) {
  const std::string path = folder + "/registry.db";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return unreachable("no appliance has its data in " + folder +
                       " (--data names another folder, --operator a running one)");
  }
  const auto free = store::FreeData::take(folder);
  if (!free) {
    const bool in_use = free.error().in_use;
    return core::Unexpected{
        Trouble{free.error().sentence + (in_use ? ", without an operator's listener to ask" : ""),
                in_use ? kAddressInUse : kFailed}};
  }
  auto store = registry::store::SqliteStore::open(path, registry::kinds::all());
  if (!store) {
    return core::Unexpected{Trouble{store.error().act + ": " + store.error().reason, kFailed}};
  }
  auto contents = (*store)->load();
  if (!contents) {
    return core::Unexpected{
        Trouble{contents.error().act + ": " + contents.error().reason, kFailed}};
  }
  return Services{"the registry in " + folder, routes_of(std::move(contents->resources))};
}

}  // namespace

core::Result<std::vector<Route>, std::string> routes_of(const std::string& json) {
  core::json::Limits limits;
  limits.size_octets_max = kRoutesOctetsMax;
  const auto document = core::json::Document::parse(json, limits);
  if (!document) return core::Unexpected{"its answer is no JSON: " + document.error().reason};
  const core::json::Value rows = document->root().find("routes");
  if (!rows.is_array()) return core::Unexpected{std::string{"its answer has no routes"}};
  std::vector<Route> routes;
  for (const core::json::Value row : rows.elements()) {
    if (row.find("kind").string() != "request") continue;
    Route& route = routes.emplace_back();
    route.service = std::string{row.find("service").string().value_or("")};
    route.priority = row.find("priority").integer().value_or(0);
    route.enabled = row.find("enabled").boolean().value_or(false);
    route.pattern = std::string{row.find("pattern").string().value_or("")};
  }
  return routes;
}

core::Result<Services, Trouble> services_at(const std::string& operator_url) {
  const auto url = bench::parse_gateway_url(operator_url);
  if (!url) return core::Unexpected{Trouble{operator_url + ": " + url.error(), kUsage}};
  if (url->tls) return core::Unexpected{Trouble{"the operator's listener has no TLS", kUsage}};
  const auto target = bench::resolve(url->host, url->port, nullptr);
  if (!target) return unreachable(target.error());
  const auto answer =
      get(*target, "GET /debug/routes?format=json HTTP/1.1\r\nHost: " + url->authority +
                       "\r\nConnection: close\r\n\r\n");
  if (!answer) return unreachable("the appliance at " + operator_url + ": " + answer.error());
  auto routes = routes_of(*answer);
  if (!routes) return unreachable("the appliance at " + operator_url + ": " + routes.error());
  return Services{"the appliance at " + operator_url, *std::move(routes)};
}

core::Result<Services, Trouble> services_in(const std::string& data_folder) {
  // listen.json may be left from an appliance that was killed: then the registry can be read.
  std::optional<Trouble> trouble;
  if (const auto url = operator_of(data_folder)) {
    auto services = services_at(*url);
    if (services) return services;
    trouble = services.error();
  }
  auto read = read_registry(data_folder);
  if (!read && trouble) return core::Unexpected{*std::move(trouble)};
  return read;
}

}  // namespace oriel::filter
