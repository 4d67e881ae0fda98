#include "http/net/http_service.h"

#include <memory>
#include <string_view>
#include <utility>

namespace http::net {
namespace {

constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

}  // namespace

HttpService::HttpService(core::Shard& shard, front::Front& front, const HttpSettings& settings,
                         core::ConnectionLimits& limits)
    : shard_(shard),
      front_(front),
      settings_(settings),
      gate_(shard, limits, kTooManyConnections,
            [this](core::Admitted admitted) { enter(std::move(admitted)); }) {
  shard_.watch(*this);
}

HttpService::~HttpService() { shard_.unwatch(*this); }

void HttpService::enter(core::Admitted admitted) {
  HttpConnection& connection = table_.adopt(std::make_unique<HttpConnection>(
      shard_, table_, front_, settings_, date_, std::move(admitted)));
  if (draining_) connection.session().drain();
}

void HttpService::drain() {
  draining_ = true;
  gate_.close();
  table_.each([](HttpConnection& connection) {
    connection.session().drain();
    connection.session_changed();
  });
}

void HttpService::give_up() {
  front_.give_up(shard_.now());
}

void HttpService::drop_connections() {
  table_.each([](HttpConnection& connection) { connection.drop(); });
}

std::optional<core::Instant> HttpService::deadline() const { return front_.deadline(); }
void HttpService::expired(core::Instant now) { front_.expired(now); }

}  // namespace http::net
