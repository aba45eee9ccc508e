#include "app/api_error.h"

namespace playground::app {

void write_error(JsonWriter& json, const ApiError& error) {
  json.key("error").begin_object();
  json.key("code").string(error.code).key("message").string(error.message);
  if (!error.field.empty()) json.key("field").string(error.field);
  json.end_object();
}

http::Response to_response(const ApiError& error) {
  JsonWriter json;
  json.begin_object();
  write_error(json, error);
  json.end_object();
  http::Response response = http::Response::json(error.status, json.take());
  response.error_code = error.code;
  return response;
}

http::Response unsupported_media_type(std::string_view message) {
  return to_response({415, "unsupported_media_type", std::string(message), ""});
}

http::Response not_started(std::string_view code, std::string_view message,
                           std::int64_t retry_after_seconds, int status) {
  JsonWriter json;
  json.begin_object();
  write_error(json, {status, std::string(code), std::string(message), ""});
  json.key("started").boolean(false);
  json.end_object();
  http::Response response = http::Response::json(status, json.take());
  response.error_code = code;
  response.headers.add("Retry-After", std::to_string(retry_after_seconds));
  return response;
}

}  // namespace playground::app
