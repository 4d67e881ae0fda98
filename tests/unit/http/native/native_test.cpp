#include <gtest/gtest.h>

#include "core/encoding/base64.h"
#include "core/memory/buffer.h"
#include "http/native/login.h"
#include "http/native/login_note.h"
#include "http/native/native_apis.h"
#include "http/native/query.h"
#include "http/native/router.h"
#include "http/native/settings.h"
#include "tests/unit/http/native/exchange.h"

namespace http::native {
namespace {

std::string credentials(std::string_view field) {
  message::Headers headers;
  headers.add("Authorization", field);
  const auto found = basic_credentials(headers);
  return found ? found->user + "|" + found->organisation + "|" + found->password : "none";
}

TEST(BasicCredentials, SplitAtTheFirstColonAndTheLastAtSign) {
  EXPECT_EQ(credentials("Basic cm9vdEBTeXN0ZW06c2VjcmV0"), "root|System|secret");
  EXPECT_EQ(credentials("bASIC  cm9vdEBTeXN0ZW06c2VjcmV0"), "root|System|secret");
  EXPECT_EQ(credentials("Basic YUBiQGM6eDp5QHo="), "a@b|c|x:y@z");
  EXPECT_EQ(credentials("Basic YUBiOg=="), "a|b|");
}

TEST(BasicCredentials, AreNothingWhenMalformed) {
  for (const char* field : {"", "Basic", "Basic ", "Bearer abc", "Basic !!!!", "Basic cm9vdA==",
                            "Basic cm9vdDp4",  // root:x, no organisation
                            "Basic QGI6eA==",  // @b:x
                            "Basic YUA6eA==",  // a@:x
                            "Basic YUBiOv8=",  // not UTF-8
                            "Basic YUBiOgA=",  // NUL
                            "BasicYUBiOng="}) {
    EXPECT_EQ(credentials(field), "none") << field;
  }
  EXPECT_EQ(credentials("Basic " + std::string(4000, 'A')), "none");
}

TEST(BasicCredentials, AreNothingWhenTheFieldComesTwice) {
  message::Headers headers;
  headers.add("Authorization", "Basic YUBiOng=");
  headers.add("Authorization", "Basic YUBiOng=");
  EXPECT_FALSE(basic_credentials(headers));
}

TEST(Query, DecodesEachParameterOnce) {
  const Query query{"a=1&b=x%20y%2525&a=2&flag&=lost&bad=%zz&c="};
  EXPECT_EQ(*query.find("a"), "1");
  EXPECT_EQ(*query.find("b"), "x y%25");
  EXPECT_EQ(*query.find("flag"), "");
  EXPECT_EQ(*query.find("c"), "");
  EXPECT_EQ(query.find("bad"), nullptr);
  EXPECT_EQ(query.find("lost"), nullptr);
  EXPECT_EQ(Query{std::nullopt}.find("a"), nullptr);
}

TEST(Query, SaysWhenItHadToLeaveAParameterOut) {
  EXPECT_TRUE(Query{"a=1&&flag&b=%20"}.is_whole());
  EXPECT_TRUE(Query{std::nullopt}.is_whole());
  EXPECT_FALSE(Query{"a=1&b=%zz"}.is_whole());
  EXPECT_FALSE(Query{"%=1"}.is_whole());
  std::string many = "a=1";
  for (std::size_t i = 1; i < Query::kParametersMax; ++i) many += "&a=1";
  EXPECT_TRUE(Query{many}.is_whole());
  EXPECT_FALSE(Query{many + "&a=1"}.is_whole());
}

TEST(PercentEncoded, DecodesToTheSame) {
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a b&c%/"), "a%20b%26c%25%2F");
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
}

TEST(BaseUrl, IsTheRequestsOwnUnlessAPublicOneIsSet) {
  message::Request request;
  request.headers.add("Host", "vcd.example.org:8443");
  request.ends.tls = true;
  EXPECT_EQ(base_url({}, request), "https://vcd.example.org:8443");
  request.ends.tls = false;
  EXPECT_EQ(base_url({}, request), "http://vcd.example.org:8443");
  EXPECT_EQ(base_url({"https://public", {}}, request), "https://public");

  request.headers.set("Host", "\"><script>");
  request.ends.local_address = "::1";
  request.ends.local_port = 80;
  EXPECT_EQ(base_url({}, request), "http://[::1]:80");
}

class Part final : public front::NativeApi {
 public:
  explicit Part(std::string_view path) : path_(path) {}
  bool knows(std::string_view path) const override { return path == path_; }
  void handle(const message::Request&, const registry::access::Caller*, core::Instant,
              std::function<void(message::Response)> done) override {
    message::Response response;
    response.headers.add("part", path_);
    done(std::move(response));
  }

 private:
  std::string path_;
};

/// What the answer to a login with these Basic credentials notes for the log.
std::string note_of_login(std::string_view user_and_password, bool admitted = true) {
  FakeRegistry registry;
  core::Buffer encoded;
  core::append_base64(encoded, core::octets_of(user_and_password));
  message::Request request;
  request.headers.add("Authorization", "Basic " + std::string{encoded.text()});
  std::string note;
  Call call;
  call.request = &request;
  call.now = FakeRegistry::kNow;
  call.done = [&](const message::Response& response) { note = response.note; };
  log_in(
      registry, call, [&](std::string_view) { return admitted; },
      [](const Call& welcome, const registry::access::Session&) { welcome.no_content(); });
  return note;
}

TEST(LogIn, TellsTheLogWhatBecameOfItAndWhose) {
  EXPECT_EQ(note_of_login("user@acme:se:cret"), "login.succeeded user@acme");
  EXPECT_EQ(note_of_login("user@acme:wrong"), "login.failed user@acme");
  EXPECT_EQ(note_of_login("user@acme:busy"), "login.refused user@acme");
  EXPECT_EQ(note_of_login("user@acme:se:cret", false), "login.refused user@acme");
  EXPECT_EQ(note_of_login("user"), "login.refused @");
}

TEST(LoginNote, IsReadBackAsItWasWritten) {
  const std::string note = to_note({kLoginFailed, "a @b", "acme"});
  const auto login = login_in(note);
  ASSERT_TRUE(login);
  EXPECT_EQ(login->event, kLoginFailed);
  EXPECT_EQ(login->user, "a @b");
  EXPECT_EQ(login->organisation, "acme");
  for (const std::string_view other : {"", "login.failed", "login.begun ann@acme", "a@b login"}) {
    EXPECT_FALSE(login_in(other)) << other;
  }
}

TEST(Router, KeepsWhatSomebodyIsShownOutOfCaches) {
  const FakeRegistry registry;
  const auto show = [](const Call& call) { call.no_content(); };
  const Router router{
      {{"/api/thing", Access::anybody, {{"GET", show}}}}, {representation::Format::xml}, {}, {}};
  message::Request request;
  request.method = "GET";
  request.target.path = "/api/thing";
  const auto headers_for = [&](const registry::access::Caller* caller) {
    message::Headers headers;
    router.handle(request, caller, FakeRegistry::kNow,
                  [&](const message::Response& response) { headers = response.headers; });
    return headers;
  };
  const auto caller = registry.caller("user");
  const auto shown = headers_for(&caller);
  ASSERT_NE(shown.find("Cache-Control"), nullptr);
  EXPECT_EQ(*shown.find("Cache-Control"), "no-store");
  ASSERT_NE(shown.find("Vary"), nullptr);
  EXPECT_NE(shown.find("Vary")->find("x-vcloud-authorization"), std::string::npos);
  EXPECT_EQ(headers_for(nullptr).find("Cache-Control"), nullptr) << "the same for everybody";
}

TEST(NativeApis, TheFirstThatKnowsAPathAnswers) {
  Part a{"/a"};
  Part b{"/b"};
  NativeApis both{{&a, &b}};
  EXPECT_TRUE(both.knows("/b"));
  EXPECT_FALSE(both.knows("/c"));
  EXPECT_EQ(Exchange(both, "GET", "/b").send().header("part"), "/b");
  EXPECT_EQ(Exchange(both, "GET", "/c").send().status, 404);
}

}  // namespace
}  // namespace http::native
