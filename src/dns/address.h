// Addresses as sockets take them: a family, a number and a port.
#pragma once

#include <sys/socket.h>

#include <optional>
#include <vector>

#include "base/endpoint.h"

namespace playground::dns {

using Address = sockaddr_storage;
using Addresses = std::vector<Address>;

// The address that the endpoint is already, without any look-up; nullopt when its host is a name.
std::optional<Address> numeric_address(const Endpoint& endpoint);

// Family, number and port; the rest of the storage does not count.
bool same_address(const Address& a, const Address& b);

bool holds(const Addresses& addresses, const Address& address);

// In whatever order: name servers turn their answers round.
bool same_set(const Addresses& a, const Addresses& b);

}  // namespace playground::dns
