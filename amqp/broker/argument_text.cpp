#include "amqp/broker/argument_text.h"

namespace amqp::broker {

std::string_view type_name(char type) {
  switch (type) {
    case 't':
      return "bool";
    case 'b':
      return "byte";
    case 'B':
      return "unsignedbyte";
    case 's':
      return "short";
    case 'u':
      return "unsignedshort";
    case 'I':
      return "signedint";
    case 'i':
      return "unsignedint";
    case 'l':
    case 'L':
      return "long";
    case 'f':
      return "float";
    case 'd':
      return "double";
    case 'D':
      return "decimal";
    case 'S':
      return "longstr";
    case 'A':
      return "array";
    case 'T':
      return "timestamp";
    case 'F':
      return "table";
    case 'x':
      return "binary";
    default:
      return "void";
  }
}

std::string quoted(std::string_view text) {
  std::string quoted{"'"};
  quoted.append(text).append("'");
  return quoted;
}

}  // namespace amqp::broker
