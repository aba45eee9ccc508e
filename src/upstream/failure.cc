#include "upstream/failure.h"

namespace playground::upstream {

std::string_view to_string(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::connect:
      return "connect";
    case Failure::Kind::tls:
      return "tls";
    case Failure::Kind::broken:
      return "broken";
    case Failure::Kind::invalid:
      return "invalid";
    case Failure::Kind::timeout:
      return "timeout";
    case Failure::Kind::unauthorized:
      return "unauthorized";
    case Failure::Kind::busy:
      return "busy";
  }
  return "";
}

}  // namespace playground::upstream
