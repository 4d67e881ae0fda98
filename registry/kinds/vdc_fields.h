#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "registry/kinds/parts.h"

/// What provider virtual datacenters and those of organisations say of their size alike.
namespace registry::kinds {

inline constexpr std::int64_t kAmountMax = 1'000'000'000'000;  // of MHz, of MB

/// How much of something there is.
[[nodiscard]] constexpr Field amount(std::string_view name, std::string_view words) {
  return {.name = name,
          .type = FieldType::integer,
          .space = Space::vcloud,
          .maximum = kAmountMax,
          .words = words};
}

inline constexpr Field kUnits{
    .name = "Units", .space = Space::vcloud, .maximum = 16, .words = "What the amounts count."};

/// `Cpu` and `Memory` of a ComputeCapacity.
[[nodiscard]] constexpr std::array<Field, 2> cpu_and_memory(const Shape& cpu, const Shape& memory) {
  return {Field{.name = "Cpu",
                .type = FieldType::object,
                .space = Space::vcloud,
                .shape = &cpu,
                .words = "Its processors, in MHz."},
          Field{.name = "Memory",
                .type = FieldType::object,
                .space = Space::vcloud,
                .shape = &memory,
                .words = "Its memory, in MB."}};
}

inline constexpr std::int64_t kStatusReady = 1;
inline constexpr Field kVdcStatus{.name = "status",
                                  .type = FieldType::integer,
                                  .attribute = true,
                                  .space = Space::vcloud,
                                  .rules = {.read_only = true},
                                  .words = "1: it can be used."};

}  // namespace registry::kinds
