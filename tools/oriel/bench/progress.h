#pragma once

#include <string>

namespace oriel::bench {

/// Says on standard error how far a run is: a bar that is redrawn on a terminal, otherwise a line
/// for each measurement that begins.
class Progress {
 public:
  explicit Progress(int measurements);

  void begin(const std::string& what);  ///< The next measurement.
  void at(double done);                 ///< 0 to 1 of this one.
  void end();                           ///< Takes the bar away.

 private:
  void draw(double done) const;

  bool terminal_;
  int measurements_;
  int begun_ = 0;
  std::string what_;
};

/// `[#####.....]` of `columns` columns between the brackets.
[[nodiscard]] std::string bar(double done, int columns);

}  // namespace oriel::bench
