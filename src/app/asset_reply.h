// AssetReply: the page and the assets as replies: not sent again to a client that has them, shorter
// for one that takes gzip, and with what browsers may do with them.
#pragma once

#include <string>

#include "app/assets.h"
#include "http/message.h"

namespace playground::app {

// 200, or 304 where the client knows the asset (RFC 9110, 13.1.2). Each form of it has an entity
// tag of its own, for the tags are strong.
http::Response asset_reply(const Asset& asset, const http::Headers& request);

// The page as everybody gets it at first. It is filled in at the start, so that its tag is too.
class FirstPage {
 public:
  explicit FirstPage(bool asks_token);
  http::Response reply(const http::Headers& request) const;

 private:
  std::string html_;
  std::string tag_;
};

// A page made for one request, not to be kept by anyone.
http::Response page_reply(int status, std::string html);

}  // namespace playground::app
