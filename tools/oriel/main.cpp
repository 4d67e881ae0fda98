#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/log/log.h"
#include "tools/oriel/bench/command.h"
#include "tools/oriel/broker/command.h"
#include "tools/oriel/document/command.h"
#include "tools/oriel/filter/command.h"
#include "tools/oriel/settings/config_show.h"
#include "tools/oriel/settings/exit_codes.h"
#include "tools/oriel/serve/serve.h"
#include "tools/oriel/serve/serve_options.h"
#include "tools/oriel/settings/settings.h"
#include "tools/oriel/settings/version.h"
#include "tools/oriel/store/command.h"

extern char** environ;  // NOLINT: POSIX names it so

namespace oriel {
namespace {

using core::config::Config;
using core::config::ConfigError;
using core::config::Kind;
using core::config::Setting;

/// What the command line said, before it is layered over file and environment.
struct SettingFlags {
  std::string file;  // --config
  std::vector<std::pair<std::string, std::string>> values;
};

void add_setting_flags(CLI::App& command, SettingFlags& flags) {
  command.add_option("--config", flags.file, "TOML file with settings");
  for (const Setting& setting : settings()) {
    if (setting.flag.empty()) continue;
    const std::string flag{setting.flag};
    if (setting.kind == Kind::boolean) {
      command.add_flag_callback(
          "--" + flag, [&flags, flag] { flags.values.emplace_back(flag, "true"); },
          std::string{setting.help});
      continue;
    }
    command
        .add_option_function<std::string>(
            "--" + flag,
            [&flags, flag](const std::string& value) { flags.values.emplace_back(flag, value); },
            std::string{setting.help})
        ->default_str(std::string{setting.fallback})
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
}

Config load_config(const SettingFlags& flags) {
  Config config{settings()};
  if (!flags.file.empty()) config.add_file(flags.file);
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  const std::array<std::string_view, 2> also_known{kAdminPassword, kDevPassword};
  config.add_environment(environment, also_known);
  for (const auto& [flag, value] : flags.values) config.add_flag(flag, value);
  return config;
}

std::unique_ptr<core::log::Logger> make_logger(const Config& config) {
  using core::log::Format;
  using core::log::Level;
  const std::string& format = config.text("log.format");
  const bool console = format == "console" || (format == "auto" && ::isatty(STDERR_FILENO) != 0);
  Level least = Level::info;
  for (const Level level : {Level::debug, Level::info, Level::warning, Level::error}) {
    if (core::log::name_of(level) == config.text("log.level")) least = level;
  }
  return core::log::make_stderr_logger(console ? Format::console : Format::json, least);
}

int run_serve(const SettingFlags& flags, bool check_only) {
  const Config config = load_config(flags);
  const serve::ServeOptions options = serve::serve_options(config);
  if (check_only) {
    std::puts("the configuration is good");
    return kOk;
  }
  const auto logger = make_logger(config);
  return serve::serve(options, *logger);
}

int run(int count, char** arguments) {
  CLI::App app{"An HTTP gateway for vCloud extension services, with its own AMQP broker."};
  app.name("oriel");
  app.require_subcommand(1);
  app.footer("oriel COMMAND --help says more. Settings: oriel config show --origin.");
  int status = kOk;

  SettingFlags flags;
  bool check_only = false;
  CLI::App* serve = app.add_subcommand("serve", "Run the gateway and the broker");
  add_setting_flags(*serve, flags);
  serve->add_flag("--check", check_only, "say whether the configuration is good, and stop");
  serve->callback([&] { status = run_serve(flags, check_only); });

  bool origin = false;
  CLI::App* config = app.add_subcommand("config", "Look at the configuration");
  config->require_subcommand(1);
  CLI::App* show = config->add_subcommand("show", "Print every setting as TOML");
  add_setting_flags(*show, flags);
  show->add_flag("--origin", origin, "say where each value comes from");
  show->callback(
      [&] { std::fputs(show_config(load_config(flags), origin).c_str(), stdout); });

  bench::add_command(app, status);
  broker::add_command(app, status);
  document::add_command(app, status);
  filter::add_command(app, status);
  store::add_command(app, status);

  CLI::App* version = app.add_subcommand("version", "Print the version and those of the libraries");
  version->callback([] { std::fputs(version_text().c_str(), stdout); });

  try {
    app.parse(count, arguments);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return kUsage;
  }
  return status;
}

}  // namespace
}  // namespace oriel

int main(int count, char** arguments) {
  try {
    return oriel::run(count, arguments);
  } catch (const core::config::ConfigError& error) {
    std::fprintf(stderr, "oriel: %s\n", error.what());
    return oriel::kBadConfig;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "oriel: %s\n", error.what());
    return oriel::kFailed;
  }
}
