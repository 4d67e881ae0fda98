#include "tools/oriel/bench/ping_pong.h"

#include <array>
#include <thread>

namespace oriel::bench {
namespace {

constexpr std::size_t kReadOctets = 16384;

/// Passes on what comes in at one socket to another, or back to the same, until one ends.
class Pass : public std::enable_shared_from_this<Pass> {
 public:
  Pass(std::shared_ptr<Tcp::socket> from, std::shared_ptr<Tcp::socket> to)
      : from_(std::move(from)), to_(std::move(to)) {}

  void run() {
    from_->async_read_some(asio::buffer(octets_),
                           [self = shared_from_this()](std::error_code error, std::size_t size) {
                             if (error) return self->end();
                             self->pass_on(size);
                           });
  }

 private:
  void pass_on(std::size_t size) {
    asio::async_write(*to_, asio::buffer(octets_, size),
                      [self = shared_from_this()](std::error_code error, std::size_t) {
                        if (error) return self->end();
                        self->run();
                      });
  }
  void end() {
    std::error_code ignored;
    from_->close(ignored);
    to_->close(ignored);
  }

  std::shared_ptr<Tcp::socket> from_;
  std::shared_ptr<Tcp::socket> to_;
  std::array<std::byte, kReadOctets> octets_{};
};

}  // namespace

/// The service (no `next`: what comes goes back), or the relay (it goes to `next`).
class PingPong::Server {
 public:
  explicit Server(const Tcp::endpoint* next) : next_(next == nullptr ? Tcp::endpoint{} : *next) {
    accept();
    thread_ = std::thread{[this] { loop_.run(); }};
  }
  ~Server() {
    loop_.stop();
    thread_.join();
  }
  [[nodiscard]] const Tcp::endpoint& endpoint() const { return endpoint_; }

 private:
  void accept() {
    acceptor_.async_accept([this](std::error_code error, Tcp::socket socket) {
      if (error) return;
      serve(std::make_shared<Tcp::socket>(std::move(socket)));
      accept();
    });
  }

  void serve(const std::shared_ptr<Tcp::socket>& caller) {
    std::error_code ignored;
    caller->set_option(Tcp::no_delay{true}, ignored);
    if (next_ == Tcp::endpoint{}) {
      std::make_shared<Pass>(caller, caller)->run();
      return;
    }
    const auto service = std::make_shared<Tcp::socket>(loop_);
    service->async_connect(next_, [caller, service](std::error_code error) {
      if (error) return;
      std::error_code not_told;
      service->set_option(Tcp::no_delay{true}, not_told);
      std::make_shared<Pass>(caller, service)->run();
      std::make_shared<Pass>(service, caller)->run();
    });
  }

  asio::io_context loop_{1};
  Tcp::acceptor acceptor_{loop_, Tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  const Tcp::endpoint endpoint_ = acceptor_.local_endpoint();
  const Tcp::endpoint next_;
  std::thread thread_;
};

PingPong::PingPong() : service_(std::make_unique<Server>(nullptr)) {
  const Tcp::endpoint service = service_->endpoint();
  relay_ = std::make_unique<Server>(&service);
}
PingPong::~PingPong() = default;

Target PingPong::target() const { return {relay_->endpoint(), "", nullptr}; }

}  // namespace oriel::bench
