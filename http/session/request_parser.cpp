#include "http/session/request_parser.h"

#include <llhttp/llhttp.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "core/base/check.h"
#include "core/memory/buffer.h"
#include "http/message/target.h"
#include "http/session/head_rules.h"

namespace http::session {
namespace {

/// What a chunk-size line may have besides extensions: 16 hex digits and CRLF.
constexpr std::size_t kChunkLinePlain = 18;
/// What is set aside for a body before any of it is there.
constexpr std::size_t kBodyReserve = 64 * 1024;
/// More is not read between two looks at what has been found: bounds one call of llhttp.
constexpr std::size_t kPieceMax = 256 * 1024;

std::string_view without_blanks_around(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Where the path of a request line that is refused begins, by which its refusal is worded.
std::string path_begun(std::string_view line) {
  constexpr std::size_t kEnough = 256;
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return {};
  line = line.substr(blank + 1, kEnough);
  return std::string{line.substr(0, line.find_first_of(" ?\r\n"))};
}

/// Whether a request line that llhttp refused for its version has the number of another version
/// there, and not one of ours with something wrong behind it.
bool has_other_version(std::string_view line) {
  constexpr std::string_view kProtocol = " HTTP/";
  const std::size_t at = line.find(kProtocol);
  if (at == std::string_view::npos || at + kProtocol.size() >= line.size()) return false;
  const std::string_view number = line.substr(at + kProtocol.size());
  if (number.starts_with("1.1") || number.starts_with("1.0")) return false;
  return number.front() >= '0' && number.front() <= '9';
}

}  // namespace

class RequestParser::Impl {
 public:
  explicit Impl(const Limits& limits) : limits_(&limits) { start_over(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Event feed(core::Octets& input);
  message::Request take();

  [[nodiscard]] const message::Request& so_far() const { return request_; }
  [[nodiscard]] const Refusal& refusal() const { return refusal_; }
  [[nodiscard]] bool started() const { return phase_ != Phase::before; }
  [[nodiscard]] bool in_body() const { return phase_ >= Phase::body && phase_ <= Phase::trailer; }
  [[nodiscard]] std::size_t body_octets() const { return body_.size(); }
  [[nodiscard]] bool http_1_0() const { return http_1_0_; }
  [[nodiscard]] bool keep_alive() const { return keep_alive_; }
  [[nodiscard]] bool expects_continue() const { return framing_.expects_continue; }
  [[nodiscard]] bool asterisk() const { return asterisk_; }

 private:
  enum class Phase : std::uint8_t {
    before,        // the request line has not begun; one empty line may come (RFC 9112 §2.2)
    request_line,  //
    fields,        // header lines, up to the empty one
    body,          // of Content-Length
    chunk_line,    // size and extensions
    chunk_data,    // with the CRLF after it
    trailer,       // field lines after the last chunk, up to the empty one
    complete,      // to be taken
    refused,
  };
  using Limited = std::optional<Refusal>;

  Event step(core::Octets& input);
  Event step_before(core::Octets& input);
  Event step_line(core::Octets& input);
  Event step_body(core::Octets& input);
  Event end_request_line();
  Event end_head();
  Event end_message();
  Event after_line();

  [[nodiscard]] std::size_t line_allowance() const;
  [[nodiscard]] Refusal beyond_allowance() const;
  [[nodiscard]] Limited judge_line_start(std::byte first) const;
  [[nodiscard]] bool execute(core::Octets piece);
  [[nodiscard]] Refusal refusal_for(llhttp_errno_t error) const;
  Event refuse(Refusal refusal);
  void start_over();

  static Impl& self(llhttp_t* parser) { return *static_cast<Impl*>(parser->data); }
  static llhttp_settings_t make_callbacks();
  static int refuse_within(llhttp_t* parser, Refusal refusal);
  static int on_field_name_end(llhttp_t* parser);
  static int on_field_value_end(llhttp_t* parser);
  static int on_head_end(llhttp_t* parser);
  static int on_chunk_size(llhttp_t* parser);

  const Limits* limits_;
  llhttp_t llhttp_{};
  Phase phase_ = Phase::before;
  Refusal refusal_;

  message::Request request_;
  core::Buffer body_;
  Framing framing_;
  std::string authority_;
  bool http_1_0_ = false;
  bool keep_alive_ = false;
  bool asterisk_ = false;

  std::string line_;  // the request line
  std::string name_;  // of the field that is being read
  std::string value_;
  std::size_t field_count_ = 0;
  std::size_t line_octets_ = 0;  // of the current line
  std::size_t part_octets_ = 0;  // of the header lines, or of the trailer, before this line
  std::size_t extension_octets_ = 0;
  std::uint64_t data_left_ = 0;  // of the body, or of the chunk and its CRLF
  std::byte last_octet_{};
  bool empty_line_seen_ = false;  // before the request line

  // What llhttp said during the last call.
  bool head_ended_ = false;
  bool message_ended_ = false;
  std::optional<std::uint64_t> chunk_size_;
  std::optional<Refusal> refused_within_;
};

RequestParser::Event RequestParser::Impl::feed(core::Octets& input) {
  Event event = phase_ == Phase::refused ? Event::refused : Event::more;
  while (event == Event::more && !input.empty()) event = step(input);
  return event;
}

RequestParser::Event RequestParser::Impl::step(core::Octets& input) {
  switch (phase_) {
    case Phase::before:
      return step_before(input);
    case Phase::request_line:
    case Phase::fields:
    case Phase::chunk_line:
    case Phase::trailer:
      return step_line(input);
    case Phase::body:
    case Phase::chunk_data:
      return step_body(input);
    case Phase::complete:
      return Event::request;
    case Phase::refused:
      return Event::refused;
  }
  return Event::refused;
}

RequestParser::Event RequestParser::Impl::step_before(core::Octets& input) {
  const std::byte octet = input.front();
  const bool half_an_empty_line = last_octet_ == std::byte{'\r'};
  if (half_an_empty_line ? octet != std::byte{'\n'} : octet == std::byte{'\n'}) {
    return refuse({400, "line end where a request should begin"});
  }
  if (octet == std::byte{'\r'} && empty_line_seen_)
    return refuse({400, "empty lines before a request"});
  if (octet != std::byte{'\r'} && octet != std::byte{'\n'}) {
    phase_ = Phase::request_line;
    return Event::more;
  }
  empty_line_seen_ = true;
  last_octet_ = octet;
  input = input.subspan(1);
  return Event::more;
}

/// Takes the rest of a line, or what there is of it, within what the line may have.
RequestParser::Event RequestParser::Impl::step_line(core::Octets& input) {
  if (line_octets_ == 0) {
    if (const Limited fault = judge_line_start(input.front())) return refuse(*fault);
  }
  const std::size_t allowance = line_allowance();
  if (allowance == 0) return refuse(beyond_allowance());

  const core::Octets reach = input.first(std::min(input.size(), allowance));
  const auto* feed_octet =
      static_cast<const std::byte*>(std::memchr(reach.data(), '\n', reach.size()));
  const core::Octets piece =
      feed_octet == nullptr ? reach
                            : reach.first(static_cast<std::size_t>(feed_octet - reach.data()) + 1);
  input = input.subspan(piece.size());
  line_octets_ += piece.size();
  if (phase_ == Phase::request_line) line_.append(core::text_of(piece));
  const std::byte before_last = piece.size() > 1 ? piece[piece.size() - 2] : last_octet_;
  last_octet_ = piece.back();

  if (!execute(piece)) return refuse(refusal_);
  if (feed_octet == nullptr) return Event::more;
  if (before_last != std::byte{'\r'}) return refuse({400, "line feed without carriage return"});
  return after_line();
}

RequestParser::Event RequestParser::Impl::after_line() {
  const std::size_t octets = std::exchange(line_octets_, 0);
  switch (phase_) {
    case Phase::request_line:
      return end_request_line();
    case Phase::fields:
      part_octets_ += octets;
      return head_ended_ ? end_head() : Event::more;
    case Phase::chunk_line:
      extension_octets_ += octets > kChunkLinePlain ? octets - kChunkLinePlain : 0;
      CORE_CHECK(chunk_size_.has_value());
      data_left_ = *chunk_size_ + 2;
      phase_ = *chunk_size_ == 0 ? Phase::trailer : Phase::chunk_data;
      chunk_size_.reset();
      part_octets_ = 0;
      return Event::more;
    default:
      part_octets_ += octets;
      return message_ended_ ? end_message() : Event::more;
  }
}

RequestParser::Event RequestParser::Impl::step_body(core::Octets& input) {
  const auto reach = std::min<std::uint64_t>(data_left_, kPieceMax);
  const core::Octets piece = input.first(std::min(input.size(), static_cast<std::size_t>(reach)));
  input = input.subspan(piece.size());
  data_left_ -= piece.size();
  if (!execute(piece)) return refuse(refusal_);
  if (data_left_ > 0) return Event::more;
  if (phase_ == Phase::body) return end_message();
  phase_ = Phase::chunk_line;
  return Event::more;
}

RequestParser::Event RequestParser::Impl::end_request_line() {
  const auto parts = split_request_line(line_);
  if (!parts) return refuse(parts.error());
  request_.method = parts->method;
  http_1_0_ = parts->http_1_0;
  if (parts->method == "CONNECT") return refuse({400, "this is not a proxy"});

  auto target = message::parse_target(parts->target, parts->method, limits_->encoded_slashes_below);
  if (!target) return refuse({400, target.error().reason});
  request_.target = std::move(target->target);
  authority_ = std::move(target->authority);
  asterisk_ = target->form == message::TargetForm::asterisk;
  phase_ = Phase::fields;
  return Event::more;
}

RequestParser::Event RequestParser::Impl::end_head() {
  const auto framing = judge_head(request_.headers, authority_, http_1_0_, *limits_);
  if (!framing) return refuse(framing.error());
  framing_ = *framing;
  if (message_ended_) {
    CORE_CHECK(!framing_.chunked && framing_.content_length == 0);
    phase_ = Phase::complete;
    return Event::request;
  }
  phase_ = framing_.chunked ? Phase::chunk_line : Phase::body;
  data_left_ = framing_.content_length;
  if (data_left_ > 0) {
    static_cast<void>(body_.prepare(std::min(static_cast<std::size_t>(data_left_), kBodyReserve)));
  }
  return Event::head;
}

RequestParser::Event RequestParser::Impl::end_message() {
  // llhttp and we have counted the same octets: anything else is a mistake of ours.
  CORE_CHECK(message_ended_);
  phase_ = Phase::complete;
  return Event::request;
}

message::Request RequestParser::Impl::take() {
  CORE_CHECK(phase_ == Phase::complete);
  request_.body = body_.freeze();
  message::Request taken = std::exchange(request_, {});
  start_over();
  return taken;
}

std::size_t RequestParser::Impl::line_allowance() const {
  const auto left = [](std::size_t max, std::size_t used) { return max > used ? max - used : 0; };
  switch (phase_) {
    case Phase::request_line:
      return left(limits_->request_line_max, line_octets_);
    case Phase::fields:
      return left(limits_->headers_max, part_octets_ + line_octets_);
    case Phase::chunk_line:
      return left(kChunkLinePlain + left(limits_->chunk_extensions_max, extension_octets_),
                  line_octets_);
    default:
      return left(limits_->trailer_max, part_octets_ + line_octets_);
  }
}

Refusal RequestParser::Impl::beyond_allowance() const {
  switch (phase_) {
    case Phase::request_line:
      return {414, "request line beyond the limit", limits_->request_line_max};
    case Phase::chunk_line:
      return {413, "chunk extensions beyond the limit", limits_->chunk_extensions_max};
    case Phase::trailer:
      return {431, "trailer beyond the limit", limits_->trailer_max};
    default:
      return {431, "headers beyond the limit", limits_->headers_max};
  }
}

/// What llhttp takes at the start of a field line, and RFC 9112 §5.2 and §5.1 do not.
RequestParser::Impl::Limited RequestParser::Impl::judge_line_start(std::byte first) const {
  if (phase_ != Phase::fields && phase_ != Phase::trailer) return std::nullopt;
  if (first == std::byte{' '} || first == std::byte{'\t'})
    return Refusal{400, "folded header line"};
  if (first == std::byte{':'}) return Refusal{400, "empty header name"};
  return std::nullopt;
}

bool RequestParser::Impl::execute(core::Octets piece) {
  const std::string_view text = core::text_of(piece);
  const llhttp_errno_t error = llhttp_execute(&llhttp_, text.data(), text.size());
  if (error == HPE_OK) return true;
  refusal_ = refused_within_ ? *refused_within_ : refusal_for(error);
  return false;
}

Refusal RequestParser::Impl::refusal_for(llhttp_errno_t error) const {
  if (error == HPE_INVALID_VERSION && has_other_version(line_)) {
    return {505, "HTTP version is neither 1.1 nor 1.0"};
  }
  const char* reason = llhttp_get_error_reason(&llhttp_);
  return {400,
          reason == nullptr ? std::string_view{"malformed request"} : std::string_view{reason}};
}

RequestParser::Event RequestParser::Impl::refuse(Refusal refusal) {
  if (phase_ == Phase::request_line) request_.target.path = path_begun(line_);
  refusal_ = refusal;
  phase_ = Phase::refused;
  return Event::refused;
}

void RequestParser::Impl::start_over() {
  static const llhttp_settings_t kCallbacks = make_callbacks();
  llhttp_init(&llhttp_, HTTP_REQUEST, &kCallbacks);
  llhttp_.data = this;
  phase_ = Phase::before;
  framing_ = {};
  authority_.clear();
  line_.clear();
  name_.clear();
  value_.clear();
  http_1_0_ = keep_alive_ = asterisk_ = false;
  field_count_ = line_octets_ = part_octets_ = extension_octets_ = 0;
  data_left_ = 0;
  last_octet_ = {};
  empty_line_seen_ = head_ended_ = message_ended_ = false;
}

llhttp_settings_t RequestParser::Impl::make_callbacks() {
  llhttp_settings_t callbacks;
  llhttp_settings_init(&callbacks);
  callbacks.on_header_field = [](llhttp_t* parser, const char* at, std::size_t length) {
    self(parser).name_.append(at, length);
    return 0;
  };
  callbacks.on_header_value = [](llhttp_t* parser, const char* at, std::size_t length) {
    self(parser).value_.append(at, length);
    return 0;
  };
  callbacks.on_body = [](llhttp_t* parser, const char* at, std::size_t length) {
    self(parser).body_.append(std::string_view{at, length});
    return 0;
  };
  callbacks.on_message_complete = [](llhttp_t* parser) {
    self(parser).message_ended_ = true;
    return 0;
  };
  callbacks.on_header_field_complete = &on_field_name_end;
  callbacks.on_header_value_complete = &on_field_value_end;
  callbacks.on_headers_complete = &on_head_end;
  callbacks.on_chunk_header = &on_chunk_size;
  return callbacks;
}

int RequestParser::Impl::refuse_within(llhttp_t* parser, Refusal refusal) {
  self(parser).refused_within_ = refusal;
  return HPE_USER;
}

int RequestParser::Impl::on_field_name_end(llhttp_t* parser) {
  Impl& impl = self(parser);
  if (++impl.field_count_ > impl.limits_->header_count_max) {
    return refuse_within(parser, {431, "too many headers"});
  }
  return 0;
}

/// Fields of a trailer are judged like those of a head, and dropped (RFC 9110 §6.5.1): nobody here
/// has use for what comes after the body.
int RequestParser::Impl::on_field_value_end(llhttp_t* parser) {
  Impl& impl = self(parser);
  if (impl.phase_ == Phase::fields) {
    impl.request_.headers.add(impl.name_, without_blanks_around(impl.value_));
  }
  impl.name_.clear();
  impl.value_.clear();
  return 0;
}

int RequestParser::Impl::on_head_end(llhttp_t* parser) {
  Impl& impl = self(parser);
  impl.head_ended_ = true;
  impl.keep_alive_ =
      llhttp_should_keep_alive(parser) != 0 && (parser->flags & F_CONNECTION_CLOSE) == 0;
  parser->upgrade = 0;  // RFC 9110 §7.8: a server may ignore Upgrade, and the request goes on
  return 0;
}

int RequestParser::Impl::on_chunk_size(llhttp_t* parser) {
  Impl& impl = self(parser);
  const std::size_t most = impl.limits_->body_max;
  if (parser->content_length > most - impl.body_.size()) {
    return refuse_within(parser, {413, "body beyond the limit", most});
  }
  impl.chunk_size_ = parser->content_length;
  return 0;
}

RequestParser::RequestParser(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;
RequestParser::~RequestParser() = default;

RequestParser::Event RequestParser::feed(core::Octets& input) { return impl_->feed(input); }
message::Request RequestParser::take() { return impl_->take(); }
const message::Request& RequestParser::so_far() const { return impl_->so_far(); }
const Refusal& RequestParser::refusal() const { return impl_->refusal(); }
bool RequestParser::started() const { return impl_->started(); }
bool RequestParser::in_body() const { return impl_->in_body(); }
std::size_t RequestParser::body_octets() const { return impl_->body_octets(); }
bool RequestParser::http_1_0() const { return impl_->http_1_0(); }
bool RequestParser::keep_alive() const { return impl_->keep_alive(); }
bool RequestParser::expects_continue() const { return impl_->expects_continue(); }
bool RequestParser::asterisk() const { return impl_->asterisk(); }

}  // namespace http::session
