#pragma once

#include "registry/service/registry.h"

/// Commands about services and filters in their typed forms, said as commands about resources.
namespace registry::service {

[[nodiscard]] CreateResource as_resource_command(const CreateService& command);
[[nodiscard]] ChangeResource as_resource_command(const ChangeService& command);
[[nodiscard]] DeleteResource as_resource_command(const DeleteService& command);
[[nodiscard]] CreateResource as_resource_command(const AddFilter& command);
[[nodiscard]] DeleteResource as_resource_command(const DeleteFilter& command);

}  // namespace registry::service
