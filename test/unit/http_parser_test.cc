// The HTTP parser: what it accepts, what it refuses, and that both are the same at every split.
#include "http/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace node::http {
namespace {

// All events of a conversation as one readable text. Pieces of a body that follow each other are
// joined.
class Transcript {
 public:
  explicit Transcript(Parser::Kind kind, Limits limits = {})
      : limits_(limits), parser_(kind, &limits_) {}

  Transcript& feed(std::string_view bytes) {
    // A copy of its own size, so that sanitizers see a read beyond the end.
    std::string copy(bytes);
    std::string_view in = copy;
    for (;;) {
      Event event = parser_.next(&in, &message_);
      if (event == Event::kMore) {
        EXPECT_TRUE(in.empty());
        return *this;
      }
      if (event == Event::kError) {
        if (text_.find(" ERROR") == std::string::npos) fail();
        return *this;
      }
      record(event);
    }
  }
  Transcript& close() {
    Event event = parser_.finish(&message_);
    if (event == Event::kError) {
      fail();
    } else if (event == Event::kEnd) {
      record(event);
    }
    return *this;
  }

  bool head_request = false;
  std::string text() const { return text_; }
  Parser& parser() { return parser_; }
  Message& message() { return message_; }

 private:
  void fail() {
    text_ += " ERROR ";
    text_ += error_code(parser_.error());
    in_body_ = false;
  }
  void record(Event event) {
    if (event == Event::kBody) {
      if (!in_body_) text_ += " body=";
      in_body_ = true;
      text_ += message_.body;
      return;
    }
    in_body_ = false;
    if (event == Event::kHead) {
      if (message_.status != 0) {
        text_ += std::to_string(message_.status);
        text_ += "(" + std::string(message_.reason) + ")";
      } else {
        text_ += method_name(message_.method);
        text_ += " " + std::string(message_.target);
      }
      text_ += " 1." + std::to_string(message_.version_minor);
      if (message_.keep_alive) text_ += " ka";
      if (message_.upgrade) text_ += " up";
      if (message_.expect_continue) text_ += " expect";
      if (head_request) parser_.skip_body();
    } else {
      text_ += " end";
    }
    for (const Header& header : message_.headers) {
      text_ += " [" + std::string(header.name) + "|" + std::string(header.value) + "]";
    }
    if (event == Event::kEnd) text_ += "; ";
  }

  Limits limits_;
  Parser parser_;
  Message message_;
  std::string text_;
  bool in_body_ = false;
};

std::string whole(Parser::Kind kind, std::string_view bytes, bool close = false,
                  Limits limits = {}) {
  Transcript transcript(kind, limits);
  transcript.feed(bytes);
  if (close) transcript.close();
  return transcript.text();
}
std::string request(std::string_view bytes) { return whole(Parser::Kind::kRequest, bytes); }
std::string response(std::string_view bytes, bool close = false) {
  return whole(Parser::Kind::kResponse, bytes, close);
}

const char* const kRequests[] = {
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "\r\n\r\nGET /x?y=1#z HTTP/1.0\r\nConnection: Keep-Alive\r\nHost:\ta \t\r\nEmpty:\r\n\r\n",
    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: foo, "
    "close\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n5;a=\"b c\"\r\nhello\r\n0000A\r\n, "
    "world!!!\r\n0\r\nX: "
    "y\r\nZ: \r\n\r\nPUT /n HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    "M-SEARCH * HTTP/1.1\r\nExpect: 100-Continue\r\n\r\n",
    "GET http://a.b/c HTTP/1.1\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nX-Latin: \xe4\xf6\r\n\r\n",
    "GET /caf\xc3\xa9 HTTP/1.1\r\nA_b!#$%&'*+-.^`|~: 1\r\n\r\n",
    "GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n",
    "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
    "GET / HTTP/1.1\r\nBad name: b\r\n\r\n",
};

const char* const kResponses[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 "
    "\r\nContent-Length: 9\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
    "chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    "HTTP/1.0 200\r\nServer: x\r\n\r\nuntil the end",
    "HTTP/1.1 200 Fine\r\nA: folded\r\n \t value\r\n  again\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
};

template <size_t N>
void same_at_every_split(Parser::Kind kind, const char* const (&corpus)[N]) {
  for (const char* text : corpus) {
    std::string_view bytes = text;
    std::string expected = whole(kind, bytes, true);
    for (size_t i = 0; i <= bytes.size(); ++i) {
      for (size_t j = i; j <= bytes.size(); j += i % 5 + 1) {
        Transcript transcript(kind);
        transcript.feed(bytes.substr(0, i))
            .feed(bytes.substr(i, j - i))
            .feed(bytes.substr(j))
            .close();
        ASSERT_EQ(transcript.text(), expected)
            << "split at " << i << " and " << j << " of " << text;
      }
    }
    Transcript bytewise(kind);
    for (char c : bytes) bytewise.feed({&c, 1});
    bytewise.close();
    EXPECT_EQ(bytewise.text(), expected);
  }
}

TEST(HttpParser, RequestsAreTheSameAtEverySplit) {
  same_at_every_split(Parser::Kind::kRequest, kRequests);
}
TEST(HttpParser, ResponsesAreTheSameAtEverySplit) {
  same_at_every_split(Parser::Kind::kResponse, kResponses);
}

TEST(HttpParser, ReadsRequests) {
  EXPECT_EQ(request(kRequests[0]), "GET / 1.1 ka [Host|a] end; ");
  EXPECT_EQ(request(kRequests[1]),
            "GET /x?y=1#z 1.0 ka [Connection|Keep-Alive] [Host|a] [Empty|] end; ");
  EXPECT_EQ(request(kRequests[2]),
            "GET /1 1.1 ka [Host|a] end; GET /2 1.1 [Host|a] [Connection|foo, close] end; ");
  EXPECT_EQ(request(kRequests[3]),
            "POST / 1.1 ka [Host|a] [Content-Length|5] body=hello end; GET / 1.1 ka end; ");
  EXPECT_EQ(request(kRequests[4]),
            "POST / 1.1 ka [Transfer-Encoding|gzip, Chunked] body=hello, world!!! end [X|y] [Z|]; "
            "PUT /n 1.1 ka [Content-Length|0] end; ");
  EXPECT_EQ(request(kRequests[5]), "M-SEARCH * 1.1 ka expect [Expect|100-Continue] end; ");
}

TEST(HttpParser, ReadsResponses) {
  EXPECT_EQ(response(kResponses[0]),
            "200(OK) 1.1 ka [Content-Length|2] body=ok end; 204(No Content) 1.1 ka end; "
            "304() 1.1 ka [Content-Length|9] end; ");
  EXPECT_EQ(response(kResponses[1]),
            "100(Continue) 1.1 ka end; 200(OK) 1.1 ka [Transfer-Encoding|chunked] body=x end; ");
  EXPECT_EQ(response(kResponses[2], true), "200() 1.0 [Server|x] body=until the end end; ");
  EXPECT_EQ(response(kResponses[3]),
            "200(Fine) 1.1 ka [A|folded \t value  again] [Content-Length|0] end; ");
  EXPECT_EQ(response(kResponses[4]),
            "101(Switching Protocols) 1.1 ka up [Upgrade|x] [Connection|upgrade] end; ");
}

TEST(HttpParser, ReplyToHeadHasNoBody) {
  Transcript transcript(Parser::Kind::kResponse);
  transcript.head_request = true;
  transcript.feed(
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\n\r\n");
  EXPECT_EQ(
      transcript.text(),
      "200(OK) 1.1 ka [Content-Length|5] end; 200(OK) 1.1 ka [Transfer-Encoding|chunked] end; ");
}

TEST(HttpParser, HandsOverAfterAnUpgrade) {
  Limits limits;
  Parser parser(Parser::Kind::kRequest, &limits);
  Message message;
  std::string_view in =
      "GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 3\r\n\r\n\x01\x02";
  ASSERT_EQ(parser.next(&in, &message), Event::kHead);
  EXPECT_TRUE(message.upgrade);
  parser.hand_over();
  EXPECT_EQ(parser.next(&in, &message), Event::kMore);
  EXPECT_EQ(in, "\x01\x02");
  EXPECT_EQ(parser.finish(&message), Event::kMore);
}

TEST(HttpParser, ConnectIsAnUpgrade) {
  Limits limits;
  Parser parser(Parser::Kind::kRequest, &limits);
  Message message;
  std::string_view in = "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\nrest";
  ASSERT_EQ(parser.next(&in, &message), Event::kHead);
  EXPECT_TRUE(message.upgrade);
  EXPECT_EQ(message.target, "a.example:443");
}

TEST(HttpParser, KnowsEveryMethod) {
  for (int i = 0; i < static_cast<int>(Method::kCount); ++i) {
    std::string name(method_name(static_cast<Method>(i)));
    std::string target = name == "CONNECT" ? " a:1" : " /p";
    std::string text = request(name + target + " HTTP/1.1\r\n\r\n");
    EXPECT_EQ(text, name + target + " 1.1 ka" + (name == "CONNECT" ? " up" : "") + " end; ");
  }
}

TEST(HttpParser, EndOfInput) {
  EXPECT_EQ(whole(Parser::Kind::kRequest, "", true), "");
  EXPECT_EQ(whole(Parser::Kind::kRequest, "GET / H", true), " ERROR HPE_INVALID_EOF_STATE");
  EXPECT_EQ(whole(Parser::Kind::kRequest, "PUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\na", true),
            "PUT / 1.1 ka [Content-Length|2] body=a ERROR HPE_INVALID_EOF_STATE");
  EXPECT_EQ(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", true),
            "200(OK) 1.1 ka [Transfer-Encoding|chunked] ERROR HPE_INVALID_EOF_STATE");
}

TEST(HttpParser, HoldsNothingWhileIdle) { EXPECT_LE(sizeof(Parser), 56u); }

TEST(HttpParser, RefusesWhatIsAmbiguous) {
  const std::string post = "POST / HTTP/1.1\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const std::pair<std::string, const char*> cases[] = {
      {"GEX / HTTP/1.1\r\n\r\n", "HPE_INVALID_METHOD"},
      {"get / HTTP/1.1\r\n\r\n", "HPE_INVALID_METHOD"},
      {"\x16\x03\x01", "HPE_INVALID_METHOD"},
      {"GETX", "HPE_INVALID_METHOD"},
      {"GET / HTTP/1.2\r\n\r\n", "HPE_INVALID_VERSION"},
      {"GET / HTTP/2.0\r\n\r\n", "HPE_INVALID_VERSION"},
      {"GET / HTTQ/1.1\r\n\r\n", "HPE_INVALID_CONSTANT"},
      {"GET /\r\n\r\n", "HPE_INVALID_CONSTANT"},
      {"GET / HTTP/1.1 \r\n\r\n", "HPE_INVALID_VERSION"},
      {"GET  / HTTP/1.1\r\n\r\n", "HPE_INVALID_URL"},
      {"GET foo HTTP/1.1\r\n\r\n", "HPE_INVALID_URL"},
      {"GET /\x01 HTTP/1.1\r\n\r\n", "HPE_INVALID_URL"},
      {"GET / HTTP/1.1\n\n", "HPE_STRICT"},
      {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\nHo(st: x\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\n: x\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\nHost\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\nA: x\r\n y\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\n A: x\r\n\r\n", "HPE_UNEXPECTED_SPACE"},
      {"GET / HTTP/1.1\r\nA: x\x01\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\nA: 12345678901234\x7f\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {"GET / HTTP/1.1\r\nA: x\n\r\n", "HPE_CR_EXPECTED"},
      {"GET / HTTP/1.1\r\nA: x\ry\r\n\r\n", "HPE_LF_EXPECTED"},
      {"GET / HTTP/1.1\r\nA: x\r\n\rX", "HPE_STRICT"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
       "HPE_UNEXPECTED_CONTENT_LENGTH"},
      {post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
       "HPE_UNEXPECTED_CONTENT_LENGTH"},
      {post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n", "HPE_UNEXPECTED_CONTENT_LENGTH"},
      {post + "Content-Length: 3x\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"},
      {post + "Content-Length: -3\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"},
      {post + "Content-Length: +3\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"},
      {post + "Content-Length: 3, 3\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"},
      {post + "Content-Length:\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"},
      {post + "Content-Length: 99999999999999999999\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"},
      {post + "Transfer-Encoding: gzip\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"},
      {post + "Transfer-Encoding: chunked, gzip\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"},
      {post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       "HPE_INVALID_TRANSFER_ENCODING"},
      {post + "Transfer-Encoding: xchunked\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"},
      {post + "Transfer-Encoding:\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "HPE_INVALID_TRANSFER_ENCODING"},
      {chunked + "Z\r\n", "HPE_INVALID_CHUNK_SIZE"},
      {chunked + "\r\n", "HPE_INVALID_CHUNK_SIZE"},
      {chunked + "0x3\r\n", "HPE_INVALID_CHUNK_SIZE"},
      {chunked + "-1\r\n", "HPE_INVALID_CHUNK_SIZE"},
      {chunked + "1 \r\n", "HPE_INVALID_CHUNK_SIZE"},
      {chunked + "fffffffffffffffff\r\n", "HPE_INVALID_CHUNK_SIZE"},
      {chunked + "1\na", "HPE_CR_EXPECTED"},
      {chunked + "1;x\na", "HPE_CR_EXPECTED"},
      {chunked + "1;x\x01", "HPE_STRICT"},
      {chunked + "1\rx", "HPE_STRICT"},
      {chunked + "1\r\nab\r\n", "HPE_STRICT"},
      {chunked + "1\r\na\rb", "HPE_STRICT"},
      {chunked + "0\r\nbad trailer\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"},
      {chunked + "1;" + std::string(17000, 'a'), "HPE_CHUNK_EXTENSIONS_OVERFLOW"},
      {"GET /" + std::string(17000, 'a'), "HPE_HEADER_OVERFLOW"},
      {"GET / HTTP/1.1\r\nA: " + std::string(17000, 'a'), "HPE_HEADER_OVERFLOW"},
      {"GET / HTTP/1.1\r\nA: " + std::string(17000, 'a') + "\r\n\r\n", "HPE_HEADER_OVERFLOW"},
      {chunked + "0\r\nA: " + std::string(17000, 'a'), "HPE_HEADER_OVERFLOW"},
  };
  for (const auto& [bytes, code] : cases) {
    std::string expected = std::string(" ERROR ") + code;
    std::string got = request(bytes);
    EXPECT_TRUE(got.ends_with(expected)) << got << "\nfor " << bytes.substr(0, 120);
    Transcript bytewise(Parser::Kind::kRequest);
    for (char c : bytes) bytewise.feed({&c, 1});
    EXPECT_TRUE(bytewise.text().ends_with(expected))
        << bytewise.text() << "\nfor " << bytes.substr(0, 120);
  }
}

TEST(HttpParser, RefusesBadResponses) {
  for (const char* bytes :
       {"HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1\r\n\r\n", "ICY 200 OK\r\n\r\n", "HTTP/1.1 099 X\r\n\r\n"}) {
    EXPECT_NE(response(bytes).find("ERROR"), std::string::npos) << bytes;
  }
}

TEST(HttpParser, HeadLimitIsExact) {
  Limits limits;
  limits.head_bytes = 64;
  std::string head = "GET / HTTP/1.1\r\nA: ";
  head += std::string(64 - head.size() - 4, 'a') + "\r\n\r\n";
  ASSERT_EQ(head.size(), 64u);
  EXPECT_EQ(whole(Parser::Kind::kRequest, head, false, limits).find("ERROR"), std::string::npos);
  Transcript bytewise(Parser::Kind::kRequest, limits);
  for (char c : head) bytewise.feed({&c, 1});
  EXPECT_EQ(bytewise.text().find("ERROR"), std::string::npos) << bytewise.text();
  head.insert(20, "a");
  EXPECT_NE(whole(Parser::Kind::kRequest, head, false, limits).find("HPE_HEADER_OVERFLOW"),
            std::string::npos);
}

TEST(HttpParser, ErrorsStay) {
  Transcript transcript(Parser::Kind::kRequest);
  transcript.feed("BAD\r\n").feed("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(transcript.text(), " ERROR HPE_INVALID_METHOD");
  transcript.parser().reset();
  transcript.feed("GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(transcript.text().ends_with("GET / 1.1 ka end; "));
}

TEST(HttpParser, TokensAndValues) {
  EXPECT_TRUE(is_token("x-Y_z"));
  EXPECT_FALSE(is_token(""));
  EXPECT_FALSE(is_token("a b"));
  EXPECT_FALSE(is_token("a:"));
  EXPECT_TRUE(is_field_value("a\tb \xff"));
  EXPECT_FALSE(is_field_value("a\r\nb"));
  EXPECT_FALSE(is_field_value(std::string_view("123456789\0", 10)));
  EXPECT_TRUE(equals_lower("ConTent", "content"));
  EXPECT_FALSE(equals_lower("conten[", "conten{"));
}

}  // namespace
}  // namespace node::http
