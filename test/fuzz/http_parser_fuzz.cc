// Fuzzes the HTTP parser: whole input and pieces of it must give the same events; no read out of
// bounds.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/parser.h"

namespace {

using node::http::Event;
using node::http::Message;
using node::http::Parser;

std::string run(Parser::Kind kind, std::string_view bytes, size_t step) {
  node::http::Limits limits;
  limits.head_bytes = 256;
  limits.chunk_extension_bytes = 64;
  Parser parser(kind, &limits);
  Message message;
  std::string out;
  while (!bytes.empty()) {
    std::string piece(bytes.substr(0, step));
    bytes.remove_prefix(piece.size());
    std::string_view in = piece;
    for (;;) {
      Event event = parser.next(&in, &message);
      if (event == Event::kMore) break;
      if (event == Event::kError) return out + "E";
      if (event == Event::kBody) {
        out += message.body;
        continue;
      }
      out += event == Event::kHead ? "H" : "T";
      if (event == Event::kHead) out += message.target;
      for (const node::http::Header& header : message.headers) {
        out += header.name;
        out += '=';
        out += header.value;
      }
    }
  }
  // A fault in a head whose end has not come is found at once or at its end, whichever the split
  // allows.
  out += parser.finish(&message) == Event::kError ? "E" : "f";
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (Parser::Kind kind : {Parser::Kind::kRequest, Parser::Kind::kResponse}) {
    std::string whole = run(kind, bytes, size + 1);
    for (size_t step : {1u, 7u}) {
      if (run(kind, bytes, step) != whole) std::abort();
    }
  }
  return 0;
}
