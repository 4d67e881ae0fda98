#include "tools/oriel/bench/load.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/check.h"
#include "tools/oriel/bench/schedule.h"

namespace oriel::bench {
namespace {

constexpr auto kTick = std::chrono::milliseconds{50};  // between looks at the clock and at `stop`
constexpr int kConnectFailuresMax = 20;                // in a row, over all connections
constexpr std::size_t kReadOctets = 16384;

class Load;

/// One connection of the generator: asks, waits for the answer, is free again.
class Asker {
 public:
  Asker(asio::io_context& loop, Load& load) : loop_(loop), load_(load) {}
  void connect();
  void ask(std::uint64_t number, core::Instant intended);
  [[nodiscard]] bool waits() const { return waits_; }
  [[nodiscard]] core::Instant intended() const { return intended_; }
  void close() {
    if (stream_) stream_->close();
  }

 private:
  void connected(std::error_code error);
  void read();
  void heard(std::size_t size);
  void done(Talk::Heard how);
  void broken();

  asio::io_context& loop_;
  Load& load_;
  std::shared_ptr<Stream> stream_;  // shared with its operations: TLS looks at it when they fail
  std::unique_ptr<Talk> talk_;
  std::array<std::byte, kReadOctets> in_{};
  std::string out_;
  core::Instant intended_{};
  bool waits_ = false;
};

class Load {
 public:
  Load(const LoadPlan& plan, LoadProgress& progress)
      : plan_(plan), progress_(progress), tick_(loop_), wake_up_(loop_), schedule_({}, 1) {}

  LoadResult run() {
    for (unsigned i = 0; i < plan_.connections; ++i) {
      askers_.push_back(std::make_unique<Asker>(loop_, *this));
      askers_.back()->connect();
    }
    tick();
    loop_.run();
    return std::move(result_);
  }

  [[nodiscard]] const LoadPlan& plan() const { return plan_; }

  /// A connection has nothing to do: for the first time, or again.
  void free(Asker& asker) {
    connect_failures_ = 0;
    if (!started_) {
      idle_.push_back(&asker);
      if (idle_.size() == askers_.size()) start();
      return;
    }
    if (!ask_next(asker)) idle_.push_back(&asker);
    if (all_idle() && nothing_more_due()) finish();
  }

  void answered(Talk::Heard how, int status, core::Instant intended) {
    const core::Instant at = now();
    if (!counts(intended, at)) return;
    switch (how) {
      case Talk::Heard::right:
        ++result_.right;
        result_.latency.record(at - intended);
        break;
      case Talk::Heard::refused:
        ++result_.refused[status];
        break;
      default:
        ++result_.wrong;
        break;
    }
  }
  void lost(core::Instant intended) {
    if (counts(intended, now())) ++result_.lost;
  }
  /// Whether to try again.
  [[nodiscard]] bool connect_failed(const std::error_code& error) {
    if (++connect_failures_ < kConnectFailuresMax && !finished_) return true;
    give_up("cannot connect: " + error.message());
    return false;
  }
  [[nodiscard]] bool finished() const { return finished_; }

 private:
  [[nodiscard]] bool open_loop() const { return plan_.rate > 0; }
  [[nodiscard]] bool all_idle() const { return idle_.size() == askers_.size(); }

  /// Open loop: what was due in the measured time, whenever the answer came. Closed loop: what was
  /// answered in it.
  [[nodiscard]] bool counts(core::Instant intended, core::Instant answered_at) const {
    const core::Instant at = open_loop() ? intended : answered_at;
    return at >= measure_from_ && at < end_;
  }

  void start() {
    started_ = true;
    begin_ = now();
    measure_from_ = begin_ + plan_.warm_up;
    end_ = measure_from_ + plan_.duration;
    result_.measured = plan_.duration;
    if (open_loop()) {
      schedule_ = Schedule{begin_, plan_.rate};
      due_in_all_ = schedule_.due_before(end_);
      ask_what_is_due();
      return;
    }
    for (Asker* asker : std::exchange(idle_, {})) ask_next(*asker);
  }

  /// Gives `asker` the next question that is due now; false when there is none.
  bool ask_next(Asker& asker) {
    if (finished_) return false;
    const core::Instant at = now();
    if (!open_loop()) {
      if (at >= end_) return false;
      asker.ask(plan_.first_number + next_++, at);
      ++result_.asked;
      return true;
    }
    if (next_ >= due_in_all_ || schedule_.due(next_) > at) return false;
    const core::Instant intended = schedule_.due(next_);
    asker.ask(plan_.first_number + next_++, intended);
    ++result_.asked;
    return true;
  }
  [[nodiscard]] bool nothing_more_due() const {
    return open_loop() ? next_ >= due_in_all_ : now() >= end_;
  }

  void ask_what_is_due() {
    if (finished_) return;
    while (!idle_.empty()) {
      Asker* asker = idle_.back();
      idle_.pop_back();
      if (ask_next(*asker)) continue;
      idle_.push_back(asker);
      break;
    }
    if (next_ >= due_in_all_) return;
    // With no connection free, the next one that becomes free looks at the schedule itself; the
    // timer goes on for those that are free by then.
    const core::Duration wait = std::max(schedule_.due(next_) - now(), core::Duration{});
    wake_up_.expires_after(idle_.empty() ? std::max(wait, core::Duration{kTick} / 50) : wait);
    wake_up_.async_wait([this](std::error_code error) {
      if (!error) ask_what_is_due();
    });
  }

  void tick() {
    if (progress_.stop) return give_up("interrupted");
    if (!started_ && now() >= connect_by_) return give_up("cannot connect within ten seconds");
    if (started_) {
      const core::Instant at = now();
      const double whole = static_cast<double>((end_ - begin_).count());
      progress_.done = std::min(1.0, static_cast<double>((at - begin_).count()) / whole);
      if (at >= end_ && nothing_more_due() && all_idle()) return finish();
      if (at >= end_ + kPatience) return finish();
    }
    tick_.expires_after(kTick);
    tick_.async_wait([this](std::error_code error) {
      if (!error && !finished_) tick();
    });
  }

  void give_up(std::string why) {
    if (result_.failure.empty()) result_.failure = std::move(why);
    finish();
  }

  void finish() {
    if (finished_) return;
    finished_ = true;
    if (started_) count_what_is_missing();
    for (const auto& asker : askers_) asker->close();
    tick_.cancel();
    wake_up_.cancel();
    loop_.stop();
  }

  void count_what_is_missing() {
    for (const auto& asker : askers_) {
      if (asker->waits() && (!open_loop() || asker->intended() >= measure_from_)) {
        ++result_.unanswered;
      }
    }
    if (!open_loop()) return;
    for (std::uint64_t number = next_; number < due_in_all_; ++number) {
      if (schedule_.due(number) >= measure_from_) ++result_.unsent;
    }
  }

  const LoadPlan& plan_;
  LoadProgress& progress_;
  LoadResult result_;
  asio::io_context loop_{1};
  asio::steady_timer tick_;
  asio::steady_timer wake_up_;
  std::vector<std::unique_ptr<Asker>> askers_;
  std::vector<Asker*> idle_;
  Schedule schedule_;
  std::uint64_t due_in_all_ = 0;
  std::uint64_t next_ = 0;
  int connect_failures_ = 0;
  bool started_ = false;
  bool finished_ = false;
  core::Instant connect_by_ = now() + std::chrono::seconds{10};
  core::Instant begin_{};
  core::Instant measure_from_{};
  core::Instant end_{};
};

void Asker::connect() {
  stream_ = std::make_shared<Stream>(loop_, load_.plan().target);
  talk_ = load_.plan().make_talk();
  stream_->async_connect([this, stream = stream_](std::error_code error) { connected(error); });
}

void Asker::connected(std::error_code error) {
  if (error && load_.connect_failed(error)) return connect();
  if (error || load_.finished()) return;
  load_.free(*this);
}

void Asker::ask(std::uint64_t number, core::Instant intended) {
  CORE_CHECK(!waits_);
  waits_ = true;
  intended_ = intended;
  out_.clear();
  talk_->ask(number, out_);
  stream_->async_write(asio::buffer(out_), [stream = stream_](std::error_code, std::size_t) {
    // A peer that has gone shows in the read that waits already.
  });
  read();
}

void Asker::read() {
  stream_->async_read_some(asio::buffer(in_),
                           [this, stream = stream_](std::error_code error, std::size_t size) {
                             if (load_.finished()) return;
                             if (error) return broken();
                             heard(size);
                           });
}

void Asker::heard(std::size_t size) {
  const Talk::Heard how = talk_->hear(core::Octets{in_}.first(size));
  if (how == Talk::Heard::more) return read();
  if (how == Talk::Heard::broken) return broken();
  done(how);
}

void Asker::done(Talk::Heard how) {
  waits_ = false;
  load_.answered(how, talk_->status(), intended_);
  if (!talk_->keeps_alive()) return connect();
  load_.free(*this);
}

void Asker::broken() {
  waits_ = false;
  load_.lost(intended_);
  connect();
}

}  // namespace

std::uint64_t LoadResult::errors() const {
  std::uint64_t sum = wrong + lost + unanswered + unsent;
  for (const auto& [status, count] : refused) sum += count;
  return sum;
}

double LoadResult::per_second() const {
  const double seconds = std::chrono::duration<double>(measured).count();
  return seconds > 0 ? static_cast<double>(right) / seconds : 0;
}

LoadResult run_load(const LoadPlan& plan, LoadProgress& progress) {
  progress.done = 0;
  return Load{plan, progress}.run();
}

}  // namespace oriel::bench
