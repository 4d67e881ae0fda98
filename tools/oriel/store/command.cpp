#include "tools/oriel/store/command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "core/files/posix_files.h"
#include "tools/oriel/settings/exit_codes.h"
#include "tools/oriel/store/check.h"
#include "tools/oriel/store/dump.h"
#include "tools/oriel/store/free_data.h"

namespace oriel::store {
namespace {

struct Given {
  std::string data = "oriel-data";
  bool no_bodies = false;
};

/// Calls `look(files, folder)` for the log of each shard that there ever was; kFailed when one of
/// them gives false.
template <typename Look>
int each_log(const Given& given, Look&& look) {
  const auto data = FreeData::take(given.data);
  if (!data) {
    std::fprintf(stderr, "oriel: %s\n", data.error().sentence.c_str());
    return data.error().in_use ? kAddressInUse : kFailed;
  }
  core::PosixFiles files;
  const std::string logs = given.data + "/log";
  const auto names = files.list(logs);
  if (!names) {
    if (names.error() == std::errc::no_such_file_or_directory) return kOk;  // nothing was kept yet
    std::fprintf(stderr, "oriel: cannot read %s: %s\n", logs.c_str(),
                 names.error().message().c_str());
    return kFailed;
  }
  int status = kOk;
  for (const std::string& name : *names) {
    if (!look(files, logs + "/" + name)) status = kFailed;
  }
  return status;
}

int check(const Given& given) {
  return each_log(given, [](core::Files& files, const std::string& folder) {
    std::string out;
    const bool good = check_log(files, folder, out);
    std::fputs(out.c_str(), stdout);
    return good;
  });
}

int dump(const Given& given) {
  return each_log(given, [&given](core::Files& files, const std::string& folder) {
    return dump_log(files, folder, !given.no_bodies, [](std::string_view line) {
      std::fwrite(line.data(), 1, line.size(), stdout);
      std::fputc('\n', stdout);
    });
  });
}

}  // namespace

void add_command(CLI::App& app, int& status) {
  CLI::App* store = app.add_subcommand("store", "Look at the broker's messages on disk");
  store->require_subcommand(1);
  const auto given = std::make_shared<Given>();
  CLI::App* checks = store->add_subcommand(
      "check", "Say what each segment holds and what is damaged; ends with 1 if anything is");
  CLI::App* dumps = store->add_subcommand("dump", "Print every record as a line of JSON");
  for (CLI::App* command : {checks, dumps}) {
    command->add_option("--data", given->data, "folder of an oriel that does not run")
        ->capture_default_str();
  }
  dumps->add_flag("--no-bodies", given->no_bodies, "sizes of properties and bodies only");
  checks->callback([given, &status] { status = check(*given); });
  dumps->callback([given, &status] { status = dump(*given); });
}

}  // namespace oriel::store
