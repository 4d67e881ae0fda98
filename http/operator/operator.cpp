#include "http/operator/operator.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "core/metrics/exposition.h"
#include "http/operator/metrics_page.h"
#include "http/operator/table.h"

namespace http::operators {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::string_view kJson = "application/json";

enum class Format { json, text };

message::Response respond(std::uint16_t status, std::string_view type, core::SharedBytes body) {
  message::Response response;
  response.status = status;
  response.headers.add("Content-Type", type);
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = std::move(body);
  return response;
}
message::Response respond_text(std::uint16_t status, std::string_view text,
                               std::string_view type = kText) {
  return respond(status, type, core::SharedBytes::copy_of(core::octets_of(text)));
}

/// Whether the query has `name`, alone or with exactly `value`.
bool has_parameter(const message::Request& request, std::string_view name,
                   std::string_view value = {}) {
  std::string_view query = request.target.query ? std::string_view{*request.target.query} : "";
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view one = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(one.find('='), one.size());
    if (one.substr(0, equals) != name) continue;
    if (value.empty() || (equals < one.size() && one.substr(equals + 1) == value)) return true;
  }
  return false;
}

/// JSON, unless text is asked for: in the query, or by an Accept that names text/plain and not
/// JSON. Weights are not looked at: two kinds of answer do not call for more.
Format format_of(const message::Request& request) {
  if (has_parameter(request, "format", "text")) return Format::text;
  if (has_parameter(request, "format", "json")) return Format::json;
  const std::string* accept = request.headers.find("Accept");
  if (accept == nullptr) return Format::json;
  const bool wants_text = accept->find("text/plain") != std::string::npos;
  const bool wants_json = accept->find("json") != std::string::npos;
  return wants_text && !wants_json ? Format::text : Format::json;
}

/// What shows `rows` under `name` as soon as they are there.
template <typename Row>
ViewSource::Done<std::vector<Row>> show(std::string_view name, Format format, Done done) {
  return [name, format, done = std::move(done)](const std::vector<Row>& rows) {
    if (format == Format::text) return done(respond_text(200, text_table(rows)));
    core::Buffer body;
    core::json::Writer out{body};
    out.begin_object();
    out.key(name);
    write_rows(out, rows);
    out.end_object();
    body.append("\n");
    done(respond(200, kJson, body.freeze()));
  };
}

std::string verbose_text(const Readiness& readiness) {
  std::string text;
  for (const ReadyCheck& check : readiness.checks) {
    text.append(check.ok ? "[+] " : "[-] ").append(check.name);
    if (!check.detail.empty()) text.append(": ").append(check.detail);
    text.push_back('\n');
  }
  if (readiness.draining) text.append("[-] draining\n");
  return text;
}

void livez(const message::Request&, ViewSource&, Done done) { done(respond_text(200, "ok\n")); }

void readyz(const message::Request& request, ViewSource& source, Done done) {
  const bool verbose = has_parameter(request, "verbose");
  source.readiness([verbose, done = std::move(done)](const Readiness& readiness) {
    const bool ready = readiness.ready();
    std::string text = verbose ? verbose_text(readiness) : "";
    text.append(ready ? "ready\n" : readiness.draining ? "draining\n" : "not ready\n");
    done(respond_text(ready ? 200 : 503, text));
  });
}

void metrics(const message::Request&, ViewSource& source, Done done) {
  source.metrics([done = std::move(done)](const Metrics& all) {
    done(respond_text(200, render_metrics(all), core::metrics::Exposition::kContentType));
  });
}

void version(const message::Request&, ViewSource& source, Done done) {
  source.metrics([done = std::move(done)](const Metrics& all) {
    done(respond_text(200, "oriel " + all.version + "\n"));
  });
}

void routes(const message::Request& request, ViewSource& source, Done done) {
  source.routes(show<RouteRow>("routes", format_of(request), std::move(done)));
}
void queues(const message::Request& request, ViewSource& source, Done done) {
  source.queues(show<QueueRow>("queues", format_of(request), std::move(done)));
}
void pending(const message::Request& request, ViewSource& source, Done done) {
  source.pending(show<PendingRow>("pending", format_of(request), std::move(done)));
}
void connections(const message::Request& request, ViewSource& source, Done done) {
  source.connections(show<ConnectionRow>("connections", format_of(request), std::move(done)));
}
void shards(const message::Request& request, ViewSource& source, Done done) {
  source.shards(show<ShardRow>("shards", format_of(request), std::move(done)));
}

struct Page {
  std::string_view path;
  std::string_view what;
  void (*handle)(const message::Request&, ViewSource&, Done);
};
constexpr std::array<Page, 9> kPages{{
    {"/livez", "the process turns", &livez},
    {"/readyz", "it takes requests; ?verbose lists the checks", &readyz},
    {"/metrics", "Prometheus metrics", &metrics},
    {"/version", "the version", &version},
    {"/debug/routes", "services and their filters; ?format=text for a table", &routes},
    {"/debug/queues", "queues of the broker", &queues},
    {"/debug/pending", "requests that wait for a reply", &pending},
    {"/debug/connections", "open connections, HTTP and AMQP", &connections},
    {"/debug/shards", "threads and the letters between them", &shards},
}};

message::Response not_found() {
  std::string text = "There is nothing here. There is:\n";
  for (const Page& page : kPages) {
    text.append("  ").append(page.path);
    text.append(22 - std::min<std::size_t>(page.path.size(), 20), ' ')
        .append(page.what)
        .append("\n");
  }
  return respond_text(404, text);
}

message::Response method_not_allowed() {
  message::Response response = respond_text(405, "Only GET and HEAD.\n");
  response.headers.add("Allow", "GET, HEAD");
  return response;
}

}  // namespace

void handle(const message::Request& request, ViewSource& source, Done done) {
  const auto* page = std::find_if(kPages.begin(), kPages.end(), [&](const Page& other) {
    return other.path == request.target.path;
  });
  if (page == kPages.end()) return done(not_found());
  if (request.method != "GET" && request.method != "HEAD") return done(method_not_allowed());
  page->handle(request, source, std::move(done));
}

}  // namespace http::operators
