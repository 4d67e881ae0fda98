// Compares our method table, reply codes and properties with the list that Debian publishes in
// amqp-specs. Either side may have what the other lacks only where this file says so.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <rapidxml/rapidxml.hpp>
#include <set>
#include <string>
#include <vector>

#include "amqp/wire/methods.h"
#include "amqp/wire/properties.h"

namespace amqp::wire {
namespace {

constexpr const char* kList = "/usr/share/amqp/specs/0-9-1-rabbit/amqp0-9-1.stripped.extended.xml";

using Node = rapidxml::xml_node<>;
/// By method name: `10,11 client-properties:table mechanism:shortstr …`.
using Table = std::map<std::string, std::string>;

std::string attribute(const Node& node, const char* name) {
  const auto* found = node.first_attribute(name);
  return found == nullptr ? std::string{} : std::string{found->value(), found->value_size()};
}

/// One spelling for no-wait, no_wait and the nowait of confirm.select.
std::string plain(std::string name) {
  std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
  return name;
}

class PublishedList : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file{kList, std::ios::binary};
    ASSERT_TRUE(file) << kList << " is missing: install amqp-specs";
    text_.assign(std::istreambuf_iterator<char>{file}, {});
    text_.push_back('\0');
    document_.parse<0>(text_.data());
    root_ = document_.first_node("amqp");
    ASSERT_NE(root_, nullptr);
  }

  std::string type_of(const Node& field) const {
    if (const std::string type = attribute(field, "type"); !type.empty()) return type;
    const std::string domain = attribute(field, "domain");
    for (const Node* node = root_->first_node("domain"); node != nullptr;
         node = node->next_sibling("domain")) {
      if (attribute(*node, "name") == domain) return attribute(*node, "type");
    }
    return "no such domain: " + domain;
  }

  Table methods() const {
    Table table;
    for (const Node* of = root_->first_node("class"); of != nullptr;
         of = of->next_sibling("class")) {
      for (const Node* method = of->first_node("method"); method != nullptr;
           method = method->next_sibling("method")) {
        std::string line = attribute(*of, "index") + "," + attribute(*method, "index");
        for (const Node* field = method->first_node("field"); field != nullptr;
             field = field->next_sibling("field")) {
          line += " " + plain(attribute(*field, "name")) + ":" + type_of(*field);
        }
        table[attribute(*of, "name") + "." + attribute(*method, "name")] = line;
      }
    }
    return table;
  }

  std::vector<char> text_;
  rapidxml::xml_document<> document_;
  const Node* root_ = nullptr;
};

// ---- What the types of our fields are called there ---------------------------------------------

template <typename T>
std::string type_name() {
  if constexpr (std::is_same_v<T, bool>) return "bit";
  if constexpr (std::is_same_v<T, std::uint8_t>) return "octet";
  if constexpr (std::is_same_v<T, std::uint16_t>) return "short";
  if constexpr (std::is_same_v<T, std::uint32_t>) return "long";
  if constexpr (std::is_same_v<T, std::uint64_t>) return "longlong";
  if constexpr (std::is_same_v<T, std::string>) return "shortstr";
  if constexpr (std::is_same_v<T, LongString>) return "longstr";
  if constexpr (std::is_same_v<T, FieldTable>) return "table";
}

template <typename M>
std::string line_of() {
  std::string line = std::to_string(M::id.class_id) + "," + std::to_string(M::id.method_id);
  std::string_view names = M::kFieldNames;
  const M method;
  method.fields([&]<typename... Fields>(const Fields&... /*fields*/) {
    for (const std::string& type : std::vector<std::string>{type_name<Fields>()...}) {
      const std::size_t end = std::min(names.find(','), names.size());
      line += " " + plain(std::string{names.substr(0, end)}) + ":" + type;
      names.remove_prefix(std::min(end + 2, names.size()));
    }
  });
  return line;
}

template <typename... Methods>
Table table_of(const std::variant<Methods...>* /*all*/) {
  return {{std::string{Methods::name}, line_of<Methods>()}...};
}
Table our_methods() { return table_of(static_cast<const AnyMethod*>(nullptr)); }

TEST_F(PublishedList, HasEveryMethodAsWeHaveIt) {
  const Table published = methods();
  EXPECT_EQ(published.size(), 60U);
  const Table ours = our_methods();
  for (const auto& [name, line] : published) {
    const auto found = ours.find(name);
    ASSERT_NE(found, ours.end()) << "we lack " << name;
    EXPECT_EQ(found->second, line) << name;
  }
}

TEST_F(PublishedList, LacksOnlyWhatRabbitMqAddedLaterAndTheClassThat091Dropped) {
  const Table published = methods();
  Table beyond;
  for (const auto& [name, line] : our_methods()) {
    if (!published.contains(name)) beyond.emplace(name, line);
  }
  const Table expected{
      {"connection.blocked", "10,60 reason:shortstr"},
      {"connection.unblocked", "10,61"},
      {"connection.update-secret", "10,70 newsecret:longstr reason:shortstr"},
      {"connection.update-secret-ok", "10,71"},
      {"access.request",
       "30,10 realm:shortstr exclusive:bit passive:bit active:bit write:bit read:bit"},
      {"access.request-ok", "30,11 reserved1:short"},
  };
  EXPECT_EQ(beyond, expected);
}

TEST_F(PublishedList, HasThePropertiesInOurOrderAndTypes) {
  std::vector<std::string> published;
  for (const Node* of = root_->first_node("class"); of != nullptr; of = of->next_sibling("class")) {
    if (attribute(*of, "name") != "basic") continue;
    for (const Node* field = of->first_node("field"); field != nullptr;
         field = field->next_sibling("field")) {
      published.push_back(type_of(*field));
    }
  }
  std::vector<std::string> ours;
  const Properties none{};
  Properties::fields(none, [&]<typename... T>(const std::optional<T>&... /*properties*/) {
    ours = {type_name<T>()...};
  });
  ours.at(9) = "timestamp";  // 64 bits like any other
  EXPECT_EQ(published, ours);
}

TEST_F(PublishedList, HasOurReplyCodes) {
  int count = 0;
  for (const Node* node = root_->first_node("constant"); node != nullptr;
       node = node->next_sibling("constant")) {
    const std::string severity = attribute(*node, "class");
    if (severity.empty()) continue;
    const auto code = static_cast<ReplyCode>(std::stoi(attribute(*node, "value")));
    EXPECT_EQ(plain(std::string{reply_name(code)}), [&] {
      std::string name = plain(attribute(*node, "name"));
      for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      return name;
    }());
    EXPECT_EQ(closes_connection(code), severity == "hard-error") << code;
    ++count;
  }
  EXPECT_EQ(count, 17);
}

}  // namespace
}  // namespace amqp::wire
