#pragma once

namespace oriel {

/// What the process ends with; scripts may rely on these.
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kBadConfig = 3,     // a bad setting or input file, named with its place
  kAddressInUse = 4,  // somebody has the port, or this data folder
  kNotFound = 7,      // there is no such thing, e.g. no service that matches
  kCheckFailed = 10,  // a bench or check found what it must not find
  kUnreachable = 11,
};

}  // namespace oriel
