"""Where a body ends (RFC 9112, 6), what is asked before it comes (RFC 9110, 8.4 and 10.1.1), and whether the connection
stays (RFC 9112, 9.3)."""

from __future__ import annotations

from wire import BODY, Case, post, refused, silent, taken, with_fields

LENGTH = f"Content-Length: {len(BODY)}"
CHUNKED = "Transfer-Encoding: chunked"
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
OLD = "POST {path} HTTP/1.0"

BAD_LENGTHS = ["", "ten", "1 1", "11 x", "+11", "-11", "-0", "0x0b", "0b", "11.0", "1e1", "11;", "11,", ",11", "11, 11",
               "11,11", "11, 12", "\"11\"", "'11'", "1_1", "\xb9\xb9", "\x8b11", "11\xa0", "1\t1", "18446744073709551616",
               "99999999999999999999999999", "-18446744073709551605", "٣".encode().decode("latin-1"), "inf", "nan", "true"]

OTHER_CODINGS = ["", "gzip", "deflate", "compress", "identity", "xchunked", "chunkedx", "chunke", "x-chunked", "chunked;",
                 "chunked;x=y", "chunked,", ", chunked", "chunked, chunked", "chunked,chunked", "gzip, chunked", "chunked, gzip",
                 "chunked, identity", "identity, chunked", "\"chunked\"", "'chunked'", "(chunked)", "chunked chunked",
                 "chunked\tgzip", "chun ked", "chunked\xa0", "\x85chunked", "\xe2\x84\xaahunked", "chunked; q=1", "*", "0"]

CODINGS_OF_CONTENT = ["gzip", "GZIP", "x-gzip", "br", "deflate", "compress", "zstd", "identity, gzip", "gzip, identity", "aes128gcm"]

CONNECTIONS = [  # whether it is kept
    (["close"], False), (["Close"], False), (["CLOSE"], False), (["keep-alive, close"], False),
    (["close, keep-alive"], False), ([",close,"], False), (["x,\tclose"], False), (["keep-alive", "close"], False),
    (["close", "keep-alive"], False), (["keep-alive"], True), ([""], True), (["closed"], True), (["clo se"], True),
    (["\"close\""], True), (["close;x"], True), (["x"], True), (["close=1"], True),
]

FRAMING_CASES: list[Case] = [
    # Content-Length
    *[refused(f"length: {length!r}", post(f"Content-Length: {length}", body=BODY), words="Content-Length")
      for length in BAD_LENGTHS],
    refused("length: none", post(body=BODY), 411, "length_required", "Content-Length"),
    refused("length: none for PUT", post(line="PUT {path} HTTP/1.1"), 411, "length_required"),
    refused("length: none for PATCH", post(line="PATCH {path} HTTP/1.1"), 411, "length_required"),
    refused("length: twice the same", with_fields(LENGTH), words="Content-Length"),
    refused("length: twice, first 0", post("Content-Length: 0", LENGTH, body=BODY), words="Content-Length"),
    refused("length: twice in other cases", with_fields("CONTENT-LENGTH: 5"), words="Content-Length"),
    refused("length: twice, one empty", with_fields("Content-Length:"), words="Content-Length"),
    taken("length: blanks around", post(f"Content-Length: \t {len(BODY)}  ", body=BODY)),
    # RFC 9110, 5.5 would allow it; llhttp does not.
    refused("length: tab behind", post(f"Content-Length: {len(BODY)}\t", body=BODY)),
    taken("length: no blank", post(f"Content-Length:{len(BODY)}", body=BODY)),
    taken("length: zeros before", post(f"Content-Length: 000{len(BODY)}", body=BODY)),
    taken("length: many zeros before", post("Content-Length: " + "0" * 200 + str(len(BODY)), body=BODY)),
    taken("length: in upper case", post(f"CONTENT-LENGTH: {len(BODY)}", body=BODY)),
    taken("length: 0", post("Content-Length: 0"), 400, "invalid_json"),
    taken("length: many zeros", post("Content-Length: " + "0" * 200), 400, "invalid_json"),
    taken("length: with an underscore, which is another field", with_fields("Content_Length: 3")),
    taken("length: of a GET", post(LENGTH, line="GET /healthz?x HTTP/1.1", body=BODY).replace(b"/healthz", b"/version")),
    taken("length: of a HEAD", post(LENGTH, line="HEAD /version HTTP/1.1", body=BODY)),
    taken("length: of a DELETE", post(LENGTH, line="DELETE {path} HTTP/1.1", body=BODY), 405, "method_not_allowed"),
    taken("length: 0 of a GET", post("Content-Length: 0", line="GET /version HTTP/1.1")),
    Case("length: one too small", post(f"Content-Length: {len(BODY) - 1}", body=BODY),
         ((400, "invalid_json"), (400, "bad_request")), False),
    silent("length: one too large", post(f"Content-Length: {len(BODY) + 1}", body=BODY)),
    silent("length: head alone", post(LENGTH)),
    silent("length: head without its end", post(LENGTH).removesuffix(b"\r\n")),
    # Transfer-Encoding
    *[refused(f"coding: {coding!r}", post(f"Transfer-Encoding: {coding}", body=CHUNKS), 501, "not_implemented", "chunked")
      for coding in OTHER_CODINGS],
    refused("coding: twice", post(CHUNKED, CHUNKED, body=CHUNKS), words="Transfer-Encoding"),
    refused("coding: gzip, then chunked", post("Transfer-Encoding: gzip", CHUNKED, body=CHUNKS), words="Transfer-Encoding"),
    refused("coding: chunked, then nothing", post(CHUNKED, "Transfer-Encoding:", body=CHUNKS), words="Transfer-Encoding"),
    refused("coding: and length", post(CHUNKED, LENGTH, body=CHUNKS), words="both"),
    refused("coding: and length before it", post(LENGTH, CHUNKED, body=CHUNKS), words="both"),
    refused("coding: and length 0", post("Content-Length: 0", CHUNKED, body=CHUNKS), words="both"),
    refused("coding: and bad length", post("Content-Length: x", CHUNKED, body=CHUNKS), words="both"),
    refused("coding: unknown and length", post("Transfer-Encoding: x", LENGTH, body=BODY), words="both"),
    refused("coding: in HTTP/1.0", post(CHUNKED, line=OLD, body=CHUNKS), words="HTTP/1.0"),
    refused("coding: in HTTP/1.0, and length", post(CHUNKED, LENGTH, line=OLD, body=CHUNKS), words="HTTP/1.0"),
    taken("coding: chunked", post(CHUNKED, body=CHUNKS)),
    taken("coding: in upper case", post("TRANSFER-ENCODING: CHUNKED", body=CHUNKS)),
    taken("coding: blanks around", post("Transfer-Encoding: \t chunked  ", body=CHUNKS)),
    refused("coding: tab behind", post("Transfer-Encoding: chunked\t", body=CHUNKS)),  # the same
    taken("coding: no blank", post("Transfer-Encoding:chunked", body=CHUNKS)),
    taken("coding: of a GET", post(CHUNKED, line="GET /version HTTP/1.1", body=CHUNKS)),
    taken("coding: with an underscore, which is another field", with_fields("Transfer_Encoding: chunked")),
    taken("coding: of another name", with_fields("X-Transfer-Encoding: chunked")),
    # What is asked before the body comes
    *[refused(f"content: {coding}", with_fields(f"Content-Encoding: {coding}"), 415, "unsupported_media_type", "Content-Encoding")
      for coding in CODINGS_OF_CONTENT],
    refused("content: identity, then gzip", with_fields("Content-Encoding: identity", "Content-Encoding: gzip"), 415,
            "unsupported_media_type"),
    *[refused(f"expect: {value!r}", with_fields(f"Expect: {value}"), 417, "expectation_failed", "100-continue")
      for value in ["the best", "200-ok", "100-continue, x", "100-continue;x", "100 continue", ""]],
    refused("expect: more", with_fields("Expect: 100-continue", "Expect: x"), 417, "expectation_failed"),
    refused("expect: and a body too large", post("Expect: 100-continue", "Content-Length: 99999999"), 413, "body_too_large"),
    refused("expect: and no length", post("Expect: 100-continue"), 411, "length_required"),
    taken("expect: and no body", post("Expect: 100-continue", "Content-Length: 0"), 400, "invalid_json"),
    # Persistence
    *[taken(f"connection: {' + '.join(map(repr, values))}", with_fields(*[f"Connection: {value}" for value in values]), kept=kept)
      for values, kept in CONNECTIONS],
    taken("old: is closed", with_fields(line=OLD), kept=False),
    taken("old: no Host", post(LENGTH, line=OLD, host="", body=BODY), kept=False),
    refused("old: two Hosts", with_fields("Host: h", line=OLD), words="Host"),
    refused("old: bad Host", post(LENGTH, line=OLD, host="Host: h/i", body=BODY), words="Host"),
    taken("old: keep-alive", with_fields("Connection: keep-alive", line=OLD)),
    taken("old: Keep-Alive", with_fields("Connection: Keep-Alive", line=OLD)),
    taken("old: keep-alive, close", with_fields("Connection: keep-alive, close", line=OLD), kept=False),
    taken("old: expects what it likes", with_fields("Expect: x", line=OLD), kept=False),
    refused("old: no length", post(line=OLD), 411, "length_required"),
    taken("old: GET", post(line="GET /version HTTP/1.0", host=""), kept=False),
    taken("old: absolute", post(LENGTH, line="POST http://h{path} HTTP/1.0", host="", body=BODY), kept=False),
]
