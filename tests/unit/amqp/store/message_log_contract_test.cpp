// What every MessageLog must do, run against the one in memory and the segments, these on a
// simulated disk and on the machine's own.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "amqp/store/memory_log.h"
#include "core/files/posix_files.h"
#include "log_world.h"

namespace amqp::store {
namespace {

struct Subject {
  virtual ~Subject() = default;
  virtual MessageLog& log() = 0;
  /// Turns end, jobs run, letters arrive, and time passes.
  virtual void settle_down() = 0;
  virtual testing::Heard& heard() = 0;
};

struct InMemory final : Subject {
  InMemory() { memory.listen(ears); }
  MessageLog& log() override { return memory; }
  void settle_down() override { memory.flush(); }
  testing::Heard& heard() override { return ears; }
  MemoryLog memory;
  testing::Heard ears;
};

struct OnDisk : Subject {
  OnDisk(core::Files* files, const std::string& folder) : world(files, folder) { world.start(); }
  MessageLog& log() override { return *world.log; }
  void settle_down() override { world.sync_all(); }
  testing::Heard& heard() override { return world.heard; }
  testing::LogWorld world;
};

struct Simulated final : OnDisk {
  Simulated() : OnDisk(nullptr, "/log") {}
};

struct TemporaryFolder {
  TemporaryFolder() {
    path = (std::filesystem::temp_directory_path() / "oriel-log-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) std::abort();
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string path;
  core::PosixFiles files;
};
struct OnThisMachine final : TemporaryFolder, OnDisk {
  OnThisMachine() : OnDisk(&files, path + "/log/0") {}
};

template <typename Kind>
std::unique_ptr<Subject> make() {
  return std::make_unique<Kind>();
}

class MessageLogContract : public ::testing::TestWithParam<std::unique_ptr<Subject> (*)()> {
 protected:
  MessageLogContract() : subject(GetParam()()), log(subject->log()) {}
  LogPlace append(std::uint64_t queue, std::uint64_t position, std::string_view body) {
    return log.append({QueueKey{queue}, port::QueuePosition{position}, true, core::Instant::max()},
                      testing::message_of(body));
  }
  std::vector<std::string> read(const std::vector<LogPlace>& places) {
    std::vector<std::string> bodies;
    bool called = false;
    log.read(places, [&](std::vector<port::MessagePtr> messages) {
      called = true;
      for (const auto& message : messages) {
        bodies.push_back(message ? std::string{message->body.text()} : "-");
      }
    });
    EXPECT_FALSE(called) << "never within the call";
    subject->settle_down();
    EXPECT_TRUE(called);
    return bodies;
  }

  std::unique_ptr<Subject> subject;
  MessageLog& log;
};

TEST_P(MessageLogContract, GivesEachMessageAPlaceOfItsOwn) {
  const LogPlace a = append(1, 1, "a");
  const LogPlace b = append(1, 2, "b");
  EXPECT_TRUE(a);
  EXPECT_TRUE(b);
  EXPECT_NE(a, b);
}

TEST_P(MessageLogContract, ReadsInTheOrderThatWasAskedFor) {
  std::vector<LogPlace> places;
  std::vector<std::string> bodies;
  for (unsigned i = 1; i <= 20; ++i) {
    const std::string body = std::to_string(i) + std::string(i * 500, '.');
    places.insert(places.begin(), append(1, i, body));
    bodies.insert(bodies.begin(), body);
  }
  EXPECT_EQ(read(places), bodies) << "before anything is on disk";
  subject->settle_down();
  EXPECT_EQ(read(places), bodies);
}

TEST_P(MessageLogContract, SyncsWhatWasAppended) {
  append(1, 1, "a");
  const LogPoint point = log.appended();
  subject->settle_down();
  EXPECT_GE(log.synced(), point);
  append(1, 2, "b");
  EXPECT_GT(log.appended(), point);
}

TEST_P(MessageLogContract, CountsSettlingsAndDeletionsAsHistory) {
  const LogPlace place = append(1, 1, "a");
  append(1, 2, "b");
  LogPoint point = log.appended();
  log.settle(QueueKey{1}, port::QueuePosition{1}, place);
  EXPECT_GT(log.appended(), point);
  point = log.appended();
  log.forget(QueueKey{1});
  EXPECT_GT(log.appended(), point);
  subject->settle_down();
  EXPECT_EQ(log.synced(), log.appended());
}

TEST_P(MessageLogContract, ReadsWhatOthersHaveSettledAroundIt) {
  const LogPlace a = append(1, 1, "a");
  const LogPlace b = append(2, 1, "b");
  const LogPlace c = append(3, 1, "c");
  subject->settle_down();
  log.settle(QueueKey{1}, port::QueuePosition{1}, a);
  log.forget(QueueKey{3});
  EXPECT_EQ(read({b}), std::vector<std::string>{"b"});
  static_cast<void>(c);
}

TEST_P(MessageLogContract, IsReadyAndSaysNothingOfItsState) {
  append(1, 1, "a");
  subject->settle_down();
  EXPECT_EQ(log.state(), LogState::ready);
  EXPECT_TRUE(subject->heard().states.empty());
}

TEST_P(MessageLogContract, AnswersAReadOfNothing) {
  EXPECT_EQ(read({}), std::vector<std::string>{});
}

TEST_P(MessageLogContract, TakesNoSecondSettling) {
  const LogPlace place = append(1, 1, "a");
  append(1, 2, "b");
  log.settle(QueueKey{1}, port::QueuePosition{1}, place);
  EXPECT_DEATH(log.settle(QueueKey{1}, port::QueuePosition{1}, place), "");
}

INSTANTIATE_TEST_SUITE_P(Memory, MessageLogContract, ::testing::Values(&make<InMemory>));
INSTANTIATE_TEST_SUITE_P(Simulated, MessageLogContract, ::testing::Values(&make<Simulated>));
INSTANTIATE_TEST_SUITE_P(Posix, MessageLogContract, ::testing::Values(&make<OnThisMachine>));

}  // namespace
}  // namespace amqp::store
