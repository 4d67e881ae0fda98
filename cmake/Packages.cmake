# Third-party parts, all from Debian packages (packaging/debian-packages.txt).

include_guard(GLOBAL)

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(fmt REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(CRYPT REQUIRED IMPORTED_TARGET libcrypt)

# Asio, compiled once; its headers are precompiled here and reused by the rooms that wait.
add_library(asio STATIC ${PROJECT_SOURCE_DIR}/cmake/asio.cpp)
target_compile_definitions(asio PUBLIC ASIO_STANDALONE ASIO_SEPARATE_COMPILATION ASIO_NO_DEPRECATED
                                       ASIO_NO_TS_EXECUTORS)
target_link_libraries(asio PUBLIC Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
if(ORIEL_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Asio's handlers end with fences, which the sanitizer ignores; each loop belongs to one thread.
  target_compile_options(asio PUBLIC -Wno-tsan)
endif()
target_precompile_headers(asio PRIVATE ${PROJECT_SOURCE_DIR}/cmake/asio_pch.h)

# llhttp, in strict mode in the C code and for everybody who sees its header: the default mode lets
# a blank before the colon pass.
enable_language(C)
set(LLHTTP_SOURCES /usr/share/llhttp)
add_library(llhttp STATIC ${LLHTTP_SOURCES}/api.c ${LLHTTP_SOURCES}/http.c ${LLHTTP_SOURCES}/llhttp.c)
target_include_directories(llhttp SYSTEM PUBLIC /usr/share/include /usr/share/include/llhttp)
target_compile_definitions(llhttp PUBLIC LLHTTP_STRICT_MODE=1)
target_compile_options(llhttp PRIVATE -w)

# The Unicode Character Database, of which core/unicode makes its tables.
find_path(ORIEL_UNICODE_DATA UnicodeData.txt PATHS /usr/share/unicode NO_DEFAULT_PATH)
if(NOT ORIEL_UNICODE_DATA)
  message(FATAL_ERROR "The Unicode Character Database is missing. Install Debian's package unicode-data, "
                      "or set ORIEL_UNICODE_DATA to the folder that has UnicodeData.txt.")
endif()

if(ORIEL_MIMALLOC)
  find_package(mimalloc REQUIRED)
endif()
if(ORIEL_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()
if(ORIEL_BENCH)
  find_package(benchmark REQUIRED)
endif()
