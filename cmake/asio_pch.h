#pragma once

#include "cmake/std_pch.h"

#include <asio.hpp>
#include <asio/ssl.hpp>
