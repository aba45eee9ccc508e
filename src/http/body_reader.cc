#include "http/body_reader.h"

#include <algorithm>

namespace playground::http {
namespace {

// Of all chunk extensions and of the trailer section of one message; nobody we know sends any.
constexpr std::size_t kMaxExtensionBytes = 4096;
constexpr std::size_t kMaxTrailerBytes = 4096;
constexpr std::size_t kMaxTrailerFields = 20;

// A claimed length is believed only so far: memory is not set aside for bytes that may never come.
constexpr std::uint64_t kMaxReserve = 1024 * 1024;

}  // namespace

struct BodyReader::Callbacks {
  static BodyReader& self(llhttp_t* parser) { return *static_cast<BodyReader*>(parser->data); }

  static int on_headers_complete(llhttp_t* parser) {
    // Offers of other protocols are ignored, as RFC 9110, 7.8 allows.
    parser->upgrade = 0;
    return 0;
  }

  // Called once a chunk's size line has been read; the last chunk has size 0. Pausing there lets
  // the trailer section through our own scanner first, because llhttp takes a bare CR in it.
  static int on_chunk_header(llhttp_t* parser) {
    BodyReader& reader = self(parser);
    if (parser->content_length == 0) return HPE_PAUSED;
    if (parser->content_length <= reader.max_bytes_ - reader.received_) return 0;
    reader.status_ = Status::too_large;
    return HPE_USER;
  }

  static int on_chunk_extension(llhttp_t* parser, const char* at, std::size_t length) {
    BodyReader& reader = self(parser);
    reader.extension_bytes_ += length;
    auto control = [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    };
    bool fine =
        reader.extension_bytes_ <= kMaxExtensionBytes && std::none_of(at, at + length, control);
    return fine ? 0 : HPE_USER;
  }

  static int on_body(llhttp_t* parser, const char* at, std::size_t length) {
    self(parser).add({at, length});
    return 0;
  }

  static int on_message_complete(llhttp_t* parser) {
    self(parser).status_ = Status::complete;
    return HPE_PAUSED;
  }

  static const llhttp_settings_t& settings() {
    static const llhttp_settings_t kSettings = [] {
      llhttp_settings_t settings;
      llhttp_settings_init(&settings);
      settings.on_headers_complete = on_headers_complete;
      settings.on_chunk_header = on_chunk_header;
      settings.on_chunk_extension_name = on_chunk_extension;
      settings.on_chunk_extension_value = on_chunk_extension;
      settings.on_body = on_body;
      settings.on_message_complete = on_message_complete;
      return settings;
    }();
    return kSettings;
  }
};

BodyReader::BodyReader(llhttp_type_t type)
    : type_(type), trailer_(HeadScanner::Kind::trailer, kMaxTrailerBytes) {}

BodyReader::Status BodyReader::start(std::string_view head, Framing framing,
                                     std::uint64_t max_bytes) {
  framing_ = framing;
  max_bytes_ = max_bytes;
  extension_bytes_ = 0;
  trailer_.reset();
  in_trailer_ = false;
  body_.clear();
  received_ = 0;
  if ((type_ == HTTP_REQUEST || framing.kind == BodyKind::chunked) && !accepts(head)) {
    return status_;
  }
  status_ = framing.kind == BodyKind::none ? Status::complete : Status::more;
  if (framing.kind == BodyKind::length && framing.length > max_bytes) status_ = Status::too_large;
  return status_;
}

bool BodyReader::accepts(std::string_view head) {
  llhttp_init(&llhttp_, type_, &Callbacks::settings());
  llhttp_.data = this;
  llhttp_errno_t error = llhttp_execute(&llhttp_, head.data(), head.size());
  if (error == HPE_OK || error == HPE_PAUSED) return true;
  refuse(llhttp_get_error_reason(&llhttp_));
  return false;
}

void BodyReader::reserve() {
  if (framing_.kind == BodyKind::length) body_.reserve(std::min(framing_.length, kMaxReserve));
}

std::size_t BodyReader::feed(std::string_view bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && status_ == Status::more) {
    std::string_view rest = bytes.substr(taken);
    if (framing_.kind != BodyKind::chunked) {
      taken += feed_plain(rest);
    } else {
      taken += in_trailer_ ? feed_trailer(rest) : feed_chunks(rest);
    }
  }
  return taken;
}

std::size_t BodyReader::feed_plain(std::string_view bytes) {
  bool by_length = framing_.kind == BodyKind::length;
  std::uint64_t room = (by_length ? framing_.length : max_bytes_) - received_;
  std::string_view piece = bytes.substr(0, std::min<std::uint64_t>(room, bytes.size()));
  add(piece);
  if (by_length && received_ == framing_.length) status_ = Status::complete;
  if (!by_length && piece.size() < bytes.size()) status_ = Status::too_large;
  return piece.size();
}

std::size_t BodyReader::feed_chunks(std::string_view bytes) {
  llhttp_errno_t error = llhttp_execute(&llhttp_, bytes.data(), bytes.size());
  if (error == HPE_OK) return bytes.size();
  if (error == HPE_PAUSED) {
    llhttp_resume(&llhttp_);
    in_trailer_ = true;
    return static_cast<std::size_t>(llhttp_get_error_pos(&llhttp_) - bytes.data());
  }
  if (status_ == Status::more) refuse("a chunk that is not well formed");
  return bytes.size();
}

std::size_t BodyReader::feed_trailer(std::string_view bytes) {
  std::size_t taken = trailer_.feed(bytes);
  if (trailer_.status() == HeadScanner::Status::more) return taken;
  std::string_view text = trailer_.text();
  // Its fields are checked like any others (llhttp takes a field without a name), then dropped.
  if (trailer_.status() != HeadScanner::Status::complete ||
      !parse_fields(trailer_.fields(), kMaxTrailerFields)) {
    refuse("a trailer that is malformed or too large");
  } else if (llhttp_execute(&llhttp_, text.data(), text.size()) != HPE_PAUSED) {
    refuse("a trailer that is not well formed");
  }
  return taken;
}

void BodyReader::finish() {
  if (status_ != Status::more) return;
  if (framing_.kind == BodyKind::until_close) {
    status_ = Status::complete;
  } else {
    refuse("the body was cut off");
  }
}

void BodyReader::add(std::string_view bytes) {
  body_.append(bytes);
  received_ += bytes.size();
}

void BodyReader::refuse(const char* fault) {
  fault_ = fault;
  status_ = Status::malformed;
}

}  // namespace playground::http
