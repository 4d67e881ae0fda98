#include <gtest/gtest.h>

#include "http/native/login.h"
#include "http/native/native_apis.h"
#include "http/native/query.h"
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
