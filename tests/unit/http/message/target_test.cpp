#include "http/message/target.h"

#include <gtest/gtest.h>

namespace http::message {
namespace {

std::string refusal_of(std::string_view text, std::string_view method = "GET") {
  const auto parsed = parse_target(text, method);
  return parsed ? "accepted" : std::string{parsed.error().reason};
}

TEST(ParseTarget, SplitsPathAndQueryAndLeavesThemAsTheyWere) {
  const auto parsed = parse_target("/api/a%20b;v=1/?x=%2F&y=a?b", "GET");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->form, TargetForm::origin);
  EXPECT_EQ(parsed->target.path, "/api/a%20b;v=1/");
  EXPECT_EQ(parsed->target.query, "x=%2F&y=a?b");
}

TEST(ParseTarget, TellsNoQueryFromAnEmptyOne) {
  EXPECT_EQ(parse_target("/a", "GET")->target.query, std::nullopt);
  EXPECT_EQ(parse_target("/a?", "GET")->target.query, "");
}

TEST(ParseTarget, AcceptsPathsThatOnlyLookSuspicious) {
  for (const char* text :
       {"/", "//", "/...", "/.a", "/a.", "/..a/", "/a/b..", "/%252e%252e/", "/%C3%A9",
        "/%F0%9F%98%80", "/a:b@c!$&'()*+,=~", "/api/org/urn:vcloud:org:1"}) {
    EXPECT_EQ(refusal_of(text), "accepted") << text;
  }
}

TEST(ParseTarget, RefusesDotSegmentsPlainOrEncoded) {
  for (const char* text : {"/.", "/..", "/a/./b", "/a/../b", "/a/..", "/a/.", "/%2e/", "/%2E%2e/a",
                           "/a/.%2e", "/..;/a", "/a/..;x=1/b", "/a/%2e%2e;x/b", "/.;"}) {
    EXPECT_EQ(refusal_of(text), "dot segment in the path") << text;
  }
}

TEST(ParseTarget, RefusesEncodedSlashesAndBackslashes) {
  for (const char* text : {"/a%2fb", "/a%2Fb", "/a%5cb", "/a%5Cb", "/%2f"}) {
    EXPECT_EQ(refusal_of(text), "encoded slash in the path") << text;
  }
  EXPECT_EQ(refusal_of("/a\\b"), "octet in the path that must be escaped");
}

TEST(ParseTarget, RefusesControlsAndNulsInThePath) {
  for (const char* text : {"/%00", "/a%0d%0ab", "/%1f", "/%7F"}) {
    EXPECT_EQ(refusal_of(text), "control character in the path") << text;
  }
  EXPECT_EQ(refusal_of(std::string_view{"/a\0b", 4}), "octet in the path that must be escaped");
}

TEST(ParseTarget, RefusesEscapesThatAreNone) {
  for (const char* text : {"/%", "/%4", "/%zz", "/%4g", "/%%41", "/%u0041"}) {
    EXPECT_EQ(refusal_of(text), "invalid percent escape in the path") << text;
  }
  EXPECT_EQ(refusal_of("/?%4"), "invalid percent escape in the query");
}

TEST(ParseTarget, RefusesWhatDecodesToInvalidUtf8) {
  for (const char* text : {"/%e9", "/%c0%af", "/%c1%81", "/%e0%80%af", "/%ed%a0%80",
                           "/%f4%90%80%80", "/%f5%80%80%80", "/%c3", "/%e2%82", "/%80", "/%ff"}) {
    EXPECT_EQ(refusal_of(text), "path is not UTF-8") << text;
  }
  EXPECT_EQ(refusal_of("/?q=%e9"), "query is not UTF-8");
}

TEST(ParseTarget, RefusesOctetsThatAUriDoesNotHave) {
  for (const char* text :
       {"/a b", "/a\tb", "/a#b", "/a\"", "/<a>", "/{a}", "/a|b", "/a^b", "/a`", "/\xc3\xa9"}) {
    EXPECT_EQ(refusal_of(text), "octet in the path that must be escaped") << text;
  }
  for (const char* text : {"/?a b", "/?a#b", "/?\"", "/?<", "/?\\", "/?\xc3\xa9"}) {
    EXPECT_EQ(refusal_of(text), "octet in the query that must be escaped") << text;
  }
}

TEST(ParseTarget, AcceptsInAQueryWhatBrowsersSendBareAndWhatAPathMustNotHave) {
  for (const char* text :
       {"/?a|b", "/?{}[]^`", "/?filter=name==a*;(b==c,d=lt=5)", "/?%2F%5C", "/?%0A", "/?.."}) {
    EXPECT_EQ(refusal_of(text), "accepted") << text;
  }
  EXPECT_EQ(refusal_of("/?%00"), "%00 in the query");
}

TEST(ParseTarget, TakesPathAndHostFromAnAbsoluteUri) {
  const auto parsed = parse_target("HTTPS://oriel.example:8443/api?x", "GET");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->form, TargetForm::absolute);
  EXPECT_EQ(parsed->authority, "oriel.example:8443");
  EXPECT_EQ(parsed->target.path, "/api");
  EXPECT_EQ(parsed->target.query, "x");
}

TEST(ParseTarget, AnAbsoluteUriWithoutPathMeansTheRoot) {
  EXPECT_EQ(parse_target("http://a", "GET")->target.path, "/");
  const auto with_query = parse_target("http://a?b", "GET");
  EXPECT_EQ(with_query->target.path, "/");
  EXPECT_EQ(with_query->target.query, "b");
}

TEST(ParseTarget, RefusesAbsoluteUrisOfOtherKinds) {
  EXPECT_EQ(refusal_of("ftp://a/"), "request target is neither a path nor a URI");
  EXPECT_EQ(refusal_of("a/b"), "request target is neither a path nor a URI");
  EXPECT_EQ(refusal_of(""), "request target is neither a path nor a URI");
  EXPECT_EQ(refusal_of("http:///a"), "invalid host in the URI");
  EXPECT_EQ(refusal_of("http://user@a/"), "invalid host in the URI");
  EXPECT_EQ(refusal_of("http://a:b/"), "invalid host in the URI");
  EXPECT_EQ(refusal_of("http://a/../b"), "dot segment in the path");
}

TEST(ParseTarget, TheAsteriskIsForOptionsOnly) {
  EXPECT_EQ(parse_target("*", "OPTIONS")->form, TargetForm::asterisk);
  EXPECT_EQ(parse_target("http://a", "OPTIONS")->form, TargetForm::asterisk);
  EXPECT_EQ(parse_target("http://a/", "OPTIONS")->form, TargetForm::absolute);
  EXPECT_EQ(refusal_of("*"), "* is for OPTIONS only");
}

TEST(IsHost, AcceptsNamesAndAddressesWithAndWithoutPort) {
  for (const char* text : {"a", "oriel.example", "a_b-c.d~e", "127.0.0.1", "127.0.0.1:80", "a:0",
                           "a:65535", "[::1]", "[::1]:443", "[2001:db8::192.0.2.1]"}) {
    EXPECT_TRUE(is_host(text)) << text;
  }
  EXPECT_TRUE(is_host(std::string(255, 'a')));
}

TEST(IsHost, RefusesTheRest) {
  for (const char* text : {"",     ":80", "a:",    "a:65536", "a:-1",   "a:1x",        "a b",
                           "a,b",  "a/b", "a@b",   "a%41",    "a\"b",   "<a>",         "[]",
                           "[::1", "::1", "[::g]", "[::1]x",  "[::1]:", "[127.0.0.1]", "a\x80"}) {
    EXPECT_FALSE(is_host(text)) << text;
  }
  EXPECT_FALSE(is_host(std::string(256, 'a')));
}

TEST(Target, TakesEncodedSlashesInNamesOnlyWhereTheyAreExpected) {
  const auto fine = parse_target("/api/vhosts/%2F", "GET", "/api/");
  ASSERT_TRUE(fine);
  EXPECT_EQ(fine->target.path, "/api/vhosts/%2F");
  EXPECT_TRUE(parse_target("http://a/api/vhosts/%2f", "GET", "/api/"));
  EXPECT_FALSE(parse_target("/other/%2F", "GET", "/api/"));
  EXPECT_FALSE(parse_target("/api%2Fvhosts", "GET", "/api/"));
  EXPECT_FALSE(parse_target("/api/vhosts/%2F", "GET"));
  for (const char* path : {"/api/%5C", "/api/%2e%2e/x", "/api/..%2Fx", "/api/x%2F..", "/api/%00"}) {
    EXPECT_FALSE(parse_target(path, "GET", "/api/")) << path;
  }
}

}  // namespace
}  // namespace http::message
