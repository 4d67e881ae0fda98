#pragma once

#include "registry/resource/rules.h"

namespace registry::kinds {

/// What is demanded of users beyond their description, in a file of its own.
extern const resource::Rules kUserRules;

}  // namespace registry::kinds
