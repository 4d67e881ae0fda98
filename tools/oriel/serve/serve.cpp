#include "tools/oriel/serve/serve.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <system_error>

#include "tools/oriel/serve/appliance.h"
#include "tools/oriel/serve/code_pages.h"
#include "tools/oriel/serve/data_directory.h"
#include "tools/oriel/serve/listen_plan.h"
#include "tools/oriel/serve/signals.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::serve {
namespace {

constexpr const char* kListenFile = "listen.json";
constexpr const char* kTokenFile = "operator.token";

/// Each connection is a descriptor, and the usual soft limit of 1024 is for programs that select().
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void print_what_is_up(const Appliance& appliance) {
  for (const Bound& bound : appliance.bound()) {
    std::printf("%-9s %s\n", bound.name.c_str(), bound.url.c_str());
  }
  for (const auto& made : appliance.passwords()) {
    std::printf("password  %s@%s / %s   (shown once)\n", made.user.c_str(),
                made.organisation.c_str(), made.password.c_str());
  }
  std::fflush(stdout);
}

void reload(Appliance& appliance, core::log::Logger& logger) {
  try {
    appliance.reload_certificate();
    logger.info("tls.reloaded");
  } catch (const std::exception& error) {
    logger.error("tls.not_reloaded", {{"reason", error.what()}});
  }
}

int run(const ServeOptions& options, core::log::Logger& logger) {
  const ListenPlan plan = make_listen_plan(options);
  Signals signals;
  raise_descriptor_limit();
  const DataDirectory data{options.data_directory};
  Appliance appliance{options, plan, data, logger};
  appliance.start();
  print_what_is_up(appliance);
  data.write(kTokenFile, appliance.operator_token());
  data.write(kListenFile, listen_file(appliance.bound(), ::getpid()));
  logger.info(
      "serve.started",
      {{"cell", data.cell().to_string()}, {"shards", appliance.shards()}, {"pid", ::getpid()}});
  appliance.keep_accounts();
  give_back_code_pages();

  while (signals.wait() == SIGHUP) reload(appliance, logger);

  logger.info("serve.stopping");
  data.remove(kListenFile);
  data.remove(kTokenFile);
  appliance.shut_down([&signals] { return signals.impatient(); });
  logger.info("serve.stopped");
  logger.flush();
  return appliance.broken() ? kFailed : kOk;
}

int say_in_use(const std::exception& error) {
  std::fprintf(stderr, "oriel: %s\n", error.what());
  return kAddressInUse;
}

}  // namespace

int serve(const ServeOptions& options, core::log::Logger& logger) {
  try {
    return run(options, logger);
  } catch (const InUse& error) {
    return say_in_use(error);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::address_in_use) throw;
    return say_in_use(error);
  }
}

}  // namespace oriel::serve
