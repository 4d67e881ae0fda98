// Asio, compiled once for the whole house.
#include <asio/impl/src.hpp>
#include <asio/ssl/impl/src.hpp>
