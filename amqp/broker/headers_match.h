#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amqp/wire/field_table.h"

namespace amqp::broker {

/// What a binding to a headers exchange asks of a message's headers (AMQP 0-9-1 §3.1.3.4).
///
/// `x-match` is `all` (also when missing), `any`, or RabbitMQ's `all-with-x` and `any-with-x`; with
/// the first two, arguments whose names begin with `x-` are not asked for. A void value asks only
/// that the header is there. Integers are equal when their values are, whatever their types, as
/// client libraries choose the type by themselves; all else must have the same type. `all` of
/// nothing is met, `any` of nothing is not.
class HeadersMatch {
 public:
  HeadersMatch() = default;
  /// nullopt when `x-match` is something else.
  [[nodiscard]] static std::optional<HeadersMatch> from(const wire::FieldTable& arguments);

  [[nodiscard]] bool met_by(const wire::FieldTable& headers) const;

 private:
  bool any_ = false;
  std::vector<wire::Field> wanted_;
};

}  // namespace amqp::broker
