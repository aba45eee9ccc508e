// AssetReply: the page and the assets as replies: not sent again to a client that has them, shorter
// for one that takes gzip or brotli, and with what browsers may do with them.
#pragma once

#include <string>
#include <vector>

#include "app/assets.h"
#include "http/message.h"

namespace playground::app {

// 200, or 304 where the client knows the asset (RFC 9110, 13.1.2). Each form of it has an entity
// tag of its own, for the tags are strong.
http::Response asset_reply(const Asset& asset, const http::Headers& request);

// The page as everybody gets it at first, and as it is for a frame in another page: `/?embed=1`.
// Both are filled in at the start, so that their tags are too.
class FirstPage {
 public:
  // Pages of `framing_origins`, which are those that may call us, and of our own origin may show it
  // in a frame: the embedded one alone, for nobody types a token into it unawares.
  FirstPage(bool asks_token, const std::vector<std::string>& framing_origins);
  http::Response reply(const http::Request& request) const;

 private:
  struct Filled {
    std::string html;
    std::string tag;
    std::string framed_by;
  };
  static Filled filled(bool asks_token, bool embedded, std::string framed_by);

  Filled plain_;
  Filled embedded_;
};

// A page made for one request, not to be kept by anyone.
http::Response page_reply(int status, std::string html);

}  // namespace playground::app
