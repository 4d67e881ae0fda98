#include <array>
#include <optional>
#include <string>

#include "http/document/read.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "http/vcloud/uploads.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/localization.h"
#include "registry/localization/bundle.h"

/// Uploading the texts of a service in several languages (spec section 3.6): a POST announces a
/// bundle and gives the URL that it is to be PUT to, whole or in fragments.
namespace http::vcloud {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using registry::localization::kBundleOctetsMax;
using registry::localization::LocaleTexts;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::Shape;
using registry::service::ChangeSeveral;
using registry::service::CommandResult;
using registry::service::Registry;
using representation::Namespace;
using representation::Node;

using UploadsPtr = std::shared_ptr<Uploads>;

constexpr std::array<Field, 2> kFields{{
    {.name = "fileSize",
     .type = FieldType::integer,
     .attribute = true,
     .rules = {.required = true},
     .minimum = 1,
     .maximum = kBundleOctetsMax,
     .words = "How many octets the ZIP archive has."},
    {.name = "serviceNamespace",
     .attribute = true,
     .words = "The namespace of the service; required where the URL names none."},
}};
constexpr Shape kParams{.name = "BundleUploadParams", .fields = kFields};

ApiError bad_request(std::string text) {
  return ApiError{400, error::kBadRequest, std::move(text)};
}

struct Announced {
  std::size_t size_octets = 0;
  std::optional<std::string> service_namespace;
};

core::Result<Announced, ApiError> read_announcement(const Call& call) {
  const auto params = document::read_object(call, kParams, kBundleUploadParamsType);
  if (!params) return core::Unexpected{params.error()};
  const auto* size = params->fields[0].get_if<std::int64_t>();
  const auto* space = params->fields[1].get_if<std::string>();
  if (size == nullptr) {
    return core::Unexpected{bad_request("BundleUploadParams/fileSize is required.")};
  }
  Announced announced;
  announced.size_octets = static_cast<std::size_t>(*size);
  if (space != nullptr) announced.service_namespace = *space;
  return announced;
}

void answer_socket(const UploadsPtr& uploads, const Call& call, const Resource& service,
                   std::size_t size_octets) {
  const core::Uuid id = uploads->announce(service.id, size_octets, call.now);
  Node node{Namespace::vmext, "BundleUploadSocket"};
  node.attribute("uploadLocation", call.url("/transfer/" + id.to_string() + "/file"));
  call.answer(200, node, kBundleUploadSocketType);
}

void post_bundle(const Registry& registry, const UploadsPtr& uploads, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* service = find_in_sight(call, registry::kinds::service(), *there);
  if (service == nullptr) return call.not_found();
  const auto announced = read_announcement(call);
  if (!announced) return call.refuse(announced.error());
  const auto& space = announced->service_namespace;
  if (space && *space != service->text("Namespace")) {
    return call.refuse(
        bad_request("BundleUploadParams/serviceNamespace: The service has the namespace \"" +
                    service->text("Namespace") + "\"."));
  }
  answer_socket(uploads, call, *service, announced->size_octets);
}

/// The same where the URL names no service, as VMware's SDK for PHP has it.
void post_bundle_of_namespace(const Registry& registry, const UploadsPtr& uploads,
                              const Call& call) {
  const auto announced = read_announcement(call);
  if (!announced) return call.refuse(announced.error());
  const auto there = registry.snapshot()->resources;
  const auto space = announced->service_namespace.value_or("");
  const Resource* service = there->named(registry::kinds::service(), {}, space);
  if (service == nullptr) {
    return call.refuse(bad_request(
        "BundleUploadParams/serviceNamespace: No service has the namespace \"" + space + "\"."));
  }
  answer_socket(uploads, call, *service, announced->size_octets);
}

ChangeSeveral changes_of(const std::vector<LocaleTexts>& bundle, const core::Uuid& service,
                         const Resources& there, const registry::resource::Actor& actor) {
  ChangeSeveral changes;
  for (const LocaleTexts& texts : bundle) {
    const Resource* known = registry::kinds::localization_of(there, service, texts.locale);
    if (known != nullptr) {
      changes.commands.emplace_back(registry::service::ChangeResource{
          known->kind, known->id, registry::kinds::localization_amendment(texts), actor});
    } else {
      changes.commands.emplace_back(registry::service::CreateResource{
          registry::kinds::localization_draft(texts), service, actor});
    }
  }
  return changes;
}

void answer_done(const Call& call) {
  message::Response response;
  response.status = 200;
  call.answer(std::move(response));
}

void keep(Registry& registry, const Call& call, const Uploads::Whole& whole) {
  const auto bundle = registry::localization::read_bundle(core::octets_of(whole.octets));
  if (!bundle) return call.refuse(bad_request("The bundle cannot be read. " + bundle.error().text));
  registry.submit(
      changes_of(*bundle, whole.service, *registry.snapshot()->resources, actor_of(*call.caller)),
      [call](const CommandResult& result) {
        if (!result) return call.refuse(result.error());
        answer_done(call);
      });
}

std::string_view words_of(Uploads::Trouble trouble) {
  if (trouble == Uploads::Trouble::gap) {
    return "The fragment does not begin where the one before it ended.";
  }
  return "The file has another size than was announced.";
}

void put_file(Registry& registry, const UploadsPtr& uploads, const Call& call) {
  const auto id = core::Uuid::parse(call.segments[0]);
  if (!id) return call.not_found();
  const core::Octets body = call.request->body.octets();
  std::optional<Fragment> fragment{Fragment{0, body.size(), body}};
  if (const std::string* range = call.request->headers.find("Content-Range")) {
    fragment = read_range(*range, body);
  }
  if (!fragment) return call.refuse(bad_request("Content-Range does not fit the body."));
  auto taken = uploads->put(*id, *fragment, call.now);
  if (!taken) {
    if (taken.error() == Uploads::Trouble::unknown) return call.not_found();
    return call.refuse(bad_request(std::string{words_of(taken.error())}));
  }
  if (!taken->has_value()) return answer_done(call);
  keep(registry, call, **taken);
}

}  // namespace

std::vector<native::Route> localization_routes(Registry& registry, UploadsPtr uploads) {
  return {
      {"/api/admin/extension/service/{}/localizationbundles",
       Access::system_administrator,
       {{"POST",
         [&registry, uploads](const Call& call) { post_bundle(registry, uploads, call); }}}},
      {"/api/admin/extension/service/localizationbundles",
       Access::system_administrator,
       {{"POST", [&registry, uploads](
                     const Call& call) { post_bundle_of_namespace(registry, uploads, call); }}}},
      // Bundles go with their services: none is ever left unused.
      {"/api/admin/extension/service/action/clearunusedlocalizationbundles",
       Access::system_administrator,
       {{"POST", [](const Call& call) { call.no_content(); }}}},
      {"/transfer/{}/file",
       Access::system_administrator,
       {{"PUT", [&registry, uploads](const Call& call) { put_file(registry, uploads, call); }}},
       true}};
}

}  // namespace http::vcloud
