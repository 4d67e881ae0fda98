#include "tools/oriel/serve/listen_plan.h"

#include <algorithm>
#include <utility>

#include "core/config/config.h"
#include "core/json/writer.h"
#include "core/memory/buffer.h"

namespace oriel::serve {
namespace {

void add_one(ListenPlan& plan, const std::string& text, Listen listen, bool dev) {
  const auto address = core::Address::parse(text);
  if (!address) {
    throw core::config::ConfigError{listen.name + ": '" + text +
                                    "' is not ADDR:PORT (an IP address; IPv6 in brackets)"};
  }
  if (dev && !address->is_loopback()) {
    throw core::config::ConfigError{listen.name + ": " + text +
                                    " is not loopback, and a sandbox (--dev) listens nowhere else"};
  }
  listen.address = *address;
  plan.push_back(std::move(listen));
}

void add(ListenPlan& plan, const std::string& text, const Listen& listen, bool dev) {
  if (text.empty()) return;
  std::size_t begin = 0;
  for (std::size_t number = 1; begin <= text.size(); ++number) {
    if (number > kAddressesMax) {
      throw core::config::ConfigError{listen.name + ": more than " + std::to_string(kAddressesMax) +
                                      " addresses"};
    }
    const std::size_t end = std::min(text.find(',', begin), text.size());
    Listen one = listen;
    if (number > 1) one.name += "_" + std::to_string(number);
    add_one(plan, text.substr(begin, end - begin), std::move(one), dev);
    begin = end + 1;
  }
}

}  // namespace

ListenPlan make_listen_plan(const ServeOptions& options) {
  ListenPlan plan;
  const bool dev = options.dev;
  add(plan, options.http, {"http", "http", Protocol::http, false, {}}, dev);
  add(plan, options.https, {"https", "https", Protocol::http, true, {}}, dev);
  add(plan, options.amqp, {"amqp", "amqp", Protocol::amqp, false, {}}, dev);
  add(plan, options.amqps, {"amqps", "amqps", Protocol::amqp, true, {}}, dev);
  add(plan, options.operator_, {"operator", "http", Protocol::operator_, false, {}}, dev);
  if (plan.empty()) throw core::config::ConfigError{"all listeners are off: nothing to do"};
  return plan;
}

std::string listen_file(const std::vector<Bound>& bound, std::int64_t pid) {
  core::Buffer text;
  core::json::Writer json{text};
  json.begin_object();
  for (const Bound& one : bound) json.member(one.name, one.url);
  json.member("pid", pid);
  json.end_object();
  text.append("\n");
  return std::string{text.text()};
}

}  // namespace oriel::serve
