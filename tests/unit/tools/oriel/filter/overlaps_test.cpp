#include "tools/oriel/filter/overlaps.h"

#include <gtest/gtest.h>

namespace oriel::filter {
namespace {

Services four() {
  return {"a test",
          {{"backup", 80, true, "/api/backup/.*"},
           {"audit", 10, true, "/api/.*"},
           {"twin", 5, true, "/api/.*|/api/x"},
           {"reports", 0, true, "/[a-z]+/reports"}}};
}

std::vector<std::string> sentences(const Services& services, const std::string& path) {
  std::vector<std::string> found;
  for (const Overlap& overlap : overlaps_of(try_path(services, path, "", 5))) {
    found.push_back(sentence_of(overlap));
  }
  return found;
}

TEST(Overlaps, AreThoseOfTheMatchesAndWithTheNearestMisses) {
  const Services services = four();
  EXPECT_EQ(sentences(services, "/api/backup/1"),
            (std::vector<std::string>{"all paths of backup are paths of audit",
                                      "all paths of backup are paths of twin",
                                      "audit and twin have the same paths",
                                      "audit and reports both have paths such as /api/reports",
                                      "twin and reports both have paths such as /api/reports"}));
  EXPECT_TRUE(sentences(services, "/other").empty());
}

TEST(Overlaps, OfOneServiceAreToldByThePatterns) {
  const Services services{"a test", {{"a", 1, true, "/x.*"}, {"a", 1, true, "/x"}}};
  EXPECT_EQ(sentences(services, "/x"),
            std::vector<std::string>{"all paths of /x are paths of /x.*"});
}

TEST(Overlaps, LeaveOutWhatIsNotRegular) {
  const Services services{"a test", {{"a", 1, true, "/(x)\\1"}, {"b", 1, true, "/x.*"}}};
  EXPECT_TRUE(sentences(services, "/xx").empty());
}

TEST(Overlaps, StandInBothReports) {
  const Services services = four();
  const Asked asked{"/api/backup/1", {}};
  const Trial trial = try_path(services, asked.path, "", 5);
  const std::string text = trial_text(trial, asked, services);
  EXPECT_NE(text.find("\noverlaps\n  all paths of backup are paths of audit\n"), std::string::npos)
      << text;
  const std::string json = trial_json(trial, asked, services);
  EXPECT_NE(json.find("\"overlaps\":[{\"services\":[\"backup\",\"audit\"],"
                      "\"patterns\":[\"/api/backup/.*\",\"/api/.*\"],\"kind\":\"within\","
                      "\"sample\":\"/api/backup/\"}"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace oriel::filter
