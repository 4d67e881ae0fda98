#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "registry/model/model.h"
#include "registry/service/registry.h"

/// Commands about services and filters in their typed forms, which tests write more shortly than
/// drafts. Each can stand where a Command is wanted.
namespace registry::service {

struct CreateService {
  model::Service service;
  operator Command() const;  // NOLINT: it is one, said otherwise
};
struct ChangeService {
  core::Uuid id;
  std::optional<std::string> name = {};
  std::optional<std::string> namespace_ = {};
  std::optional<std::string> description = {};
  std::optional<std::string> vendor = {};
  std::optional<bool> enabled = {};
  std::optional<bool> authorization_enabled = {};
  std::optional<std::string> exchange = {};
  std::optional<std::string> routing_key = {};
  std::optional<std::int32_t> priority = {};
  std::optional<std::chrono::seconds> reply_timeout = {};
  std::optional<std::vector<model::ApiFilter>> filters = {};
  operator Command() const;  // NOLINT: as above
};
struct DeleteService {
  core::Uuid id = {};
  operator Command() const;  // NOLINT: as above
};
struct AddFilter {
  core::Uuid service;
  model::ApiFilter filter;
  operator Command() const;  // NOLINT: as above
};
struct DeleteFilter {
  core::Uuid id;
  operator Command() const;  // NOLINT: as above
};

[[nodiscard]] CreateResource as_resource_command(const CreateService& command);

}  // namespace registry::service
