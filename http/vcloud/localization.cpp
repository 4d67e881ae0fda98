#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
using registry::service::RuleViolation;
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

/// The texts are moved, as there may be many megabytes of them.
ChangeSeveral changes_of(std::vector<LocaleTexts> bundle, const core::Uuid& service,
                         const Resources& there, const registry::resource::Actor& actor) {
  ChangeSeveral changes;
  for (LocaleTexts& texts : bundle) {
    const Resource* known = registry::kinds::localization_of(there, service, texts.locale);
    if (known != nullptr) {
      changes.commands.emplace_back(registry::service::ChangeResource{
          known->kind, known->id, registry::kinds::localization_amendment(std::move(texts)),
          actor});
    } else {
      changes.commands.emplace_back(registry::service::CreateResource{
          registry::kinds::localization_draft(std::move(texts)), service, actor});
    }
  }
  return changes;
}

void answer_done(const Call& call) {
  message::Response response;
  response.status = 200;
  call.answer(std::move(response));
}

void keep(Registry& registry, const Call& call, const core::Uuid& service, Uploads::Bundle bundle) {
  if (!bundle) return call.refuse(bad_request("The bundle cannot be read. " + bundle.error().text));
  registry.submit(changes_of(*std::move(bundle), service, *registry.snapshot()->resources,
                             actor_of(*call.caller)),
                  [call](const CommandResult& result) {
                    if (!result) return call.refuse(result.error());
                    answer_done(call);
                  });
}

void read(Registry& registry, Uploads& uploads, const Call& call, Uploads::Whole whole) {
  const bool taken = uploads.read(
      std::move(whole.octets), [&registry, call, service = whole.service](Uploads::Bundle bundle) {
        keep(registry, call, service, std::move(bundle));
      });
  if (taken) return;
  call.refuse(RuleViolation{RuleViolation::Kind::busy,
                            "Too many bundles wait to be read; announce it again later."});
}

std::string words_of(const Uploads::Refused& refused, const Fragment& fragment) {
  const std::string expected = std::to_string(refused.expected);
  if (refused.why == Uploads::Trouble::gap) {
    return "The fragment begins at octet " + std::to_string(fragment.first) +
           ", and the one before it ended at " + expected + ".";
  }
  return "The file has " + std::to_string(fragment.whole) + " octets, and " + expected +
         " were announced.";
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
    if (taken.error().why == Uploads::Trouble::unknown) return call.not_found();
    return call.refuse(bad_request(words_of(taken.error(), *fragment)));
  }
  if (!taken->has_value()) return answer_done(call);
  read(registry, *uploads, call, **std::move(taken));
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
