#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "registry/kinds/parts.h"

/// The states of vApps and virtual machines. No hypervisor is behind them: a state is what the
/// operator wrote.
namespace registry::kinds {

inline constexpr std::int64_t kStatusPoweredOn = 4;
inline constexpr std::int64_t kStatusWaitingForInput = 5;
inline constexpr std::int64_t kStatusPoweredOff = 8;
inline constexpr std::int64_t kStatusMixed = 10;

struct StatusWords {
  std::int64_t status;
  std::string_view words;
};
/// The numbers are those of the schema (vcloud:ResourceEntityType).
inline constexpr std::array kStatusWords{
    StatusWords{-1, "FAILED_CREATION"}, StatusWords{0, "UNRESOLVED"},
    StatusWords{1, "RESOLVED"},         StatusWords{3, "SUSPENDED"},
    StatusWords{4, "POWERED_ON"},       StatusWords{5, "WAITING_FOR_INPUT"},
    StatusWords{6, "UNKNOWN"},          StatusWords{7, "UNRECOGNIZED"},
    StatusWords{8, "POWERED_OFF"},      StatusWords{9, "INCONSISTENT_STATE"},
    StatusWords{10, "MIXED"},
};

/// Empty for a number that is no status.
[[nodiscard]] constexpr std::string_view words_of_status(std::int64_t status) {
  for (const StatusWords& each : kStatusWords) {
    if (each.status == status) return each.words;
  }
  return {};
}

inline constexpr Field kPowerStatus{.name = "status",
                                    .type = FieldType::integer,
                                    .attribute = true,
                                    .space = Space::vcloud,
                                    .minimum = -1,
                                    .maximum = 10,
                                    .words = "4: powered on, 8: powered off (the default)."};
inline constexpr Field kDeployed{.name = "deployed",
                                 .type = FieldType::boolean,
                                 .attribute = true,
                                 .space = Space::vcloud,
                                 .rules = {.read_only = true},
                                 .words = "Whether it has been started: what status says."};
inline constexpr Field kDateCreated{.name = "DateCreated",
                                    .type = FieldType::time,
                                    .space = Space::vcloud,
                                    .rules = {.read_only = true},
                                    .words = "When it was made."};

/// What the server gives to a new vApp or virtual machine.
void complete_powered(Resource& fresh, const Occasion& occasion);
/// `deployed` follows the status.
void amend_powered(Resource& next);
/// Refuses numbers that are no status.
[[nodiscard]] Verdict check_powered(const Resource& next);

}  // namespace registry::kinds
