#include "tools/oriel/bench/extension.h"

#include <array>
#include <future>
#include <thread>

namespace oriel::bench {
namespace {
constexpr std::chrono::seconds kStartMax{10};
constexpr std::chrono::seconds kStopMax{2};
constexpr std::size_t kReadOctets = 65536;
}  // namespace

/// Lives on the extension's thread but for start and stop.
class Extension::Runner {
 public:
  Runner(const Target& target, const BrokerUrl& broker, const ExtensionPlan& plan)
      : stream_(loop_, target), session_(broker, plan), give_up_(loop_) {}
  ~Runner() { static_cast<void>(stop()); }

  std::string start() {
    std::future<std::string> started = started_.get_future();
    stream_.async_connect([this](std::error_code error) {
      if (error) return end("cannot connect to the broker: " + error.message());
      write();
      read();
    });
    give_up_.expires_after(kStartMax);
    give_up_.async_wait([this](std::error_code error) {
      if (!error) end("the broker did not let the extension consume within 10 s");
    });
    thread_ = std::thread{[this] { loop_.run(); }};
    return started.get();
  }

  std::string stop() {
    if (!thread_.joinable()) return failure_;
    asio::post(loop_, [this] {
      if (ended_) return;
      stopping_ = true;
      session_.close();
      write();
      give_up_.expires_after(kStopMax);
      give_up_.async_wait([this](std::error_code error) {
        if (!error) end("");
      });
    });
    thread_.join();
    return failure_;
  }

 private:
  void read() {
    stream_.async_read_some(asio::buffer(in_), [this](std::error_code error, std::size_t size) {
      if (ended_) return;
      if (error) return end(stopping_ ? "" : "the broker is gone: " + error.message());
      session_.received(core::Octets{in_}.first(size));
      if (!session_.failure().empty()) return end(session_.failure());
      if (session_.closed()) return end("");
      if (session_.consuming()) tell_started("");
      write();
      read();
    });
  }

  void write() {
    if (writing_ || session_.output().empty()) return;
    writing_ = true;
    out_.clear();
    std::swap(out_, session_.output());
    const core::Octets octets = out_.octets();
    stream_.async_write(asio::buffer(octets.data(), octets.size()),
                        [this](std::error_code error, std::size_t) {
                          writing_ = false;
                          if (!error && !ended_) write();  // an error shows in the read
                        });
  }

  void tell_started(const std::string& failure) {
    if (std::exchange(told_, true)) return;
    give_up_.cancel();
    started_.set_value(failure);
  }

  void end(const std::string& failure) {
    if (std::exchange(ended_, true)) return;
    failure_ = failure;
    tell_started(failure);
    give_up_.cancel();
    stream_.close();
  }

  asio::io_context loop_{1};
  Stream stream_;
  ExtensionSession session_;
  asio::steady_timer give_up_;
  std::thread thread_;
  std::promise<std::string> started_;
  std::array<std::byte, kReadOctets> in_{};
  core::Buffer out_;
  std::string failure_;  // read by stop() after the thread has ended
  bool told_ = false;
  bool writing_ = false;
  bool stopping_ = false;
  bool ended_ = false;
};

Extension::Extension(const Target& target, const BrokerUrl& broker, const ExtensionPlan& plan)
    : runner_(std::make_unique<Runner>(target, broker, plan)) {}
Extension::~Extension() = default;
std::string Extension::start() { return runner_->start(); }
std::string Extension::stop() { return runner_->stop(); }

}  // namespace oriel::bench
