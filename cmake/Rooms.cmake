# Rooms: each folder of the house is one library that says what it is made of and whom it uses.
# tools/checks/includes.py compares every #include with USES (a test).

include_guard(GLOBAL)

# A message's way leads through many small functions of these rooms; the release binary is optimised
# across them. What is not linked with that takes their ordinary code.
set(ORIEL_HOT_ROOMS core_base core_memory core_post core_shard amqp_wire amqp_port amqp_session
                    amqp_broker)

# room(name HEADERS … SOURCES … USES rooms… [PACKAGES targets…] [ASIO])
#
# USES      other rooms, the only ones whose headers this room may include
# PACKAGES  third-party targets
# ASIO      this room waits for sockets: it may include Asio
function(room name)
  cmake_parse_arguments(ROOM "ASIO" "" "HEADERS;SOURCES;USES;PACKAGES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(${name} STATIC ${ROOM_SOURCES} ${ROOM_HEADERS})
    target_link_libraries(${name} PUBLIC ${ROOM_USES} ${ROOM_PACKAGES} PRIVATE oriel_warnings)
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    if(ORIEL_LTO AND name IN_LIST ORIEL_HOT_ROOMS)
      target_compile_options(${name} PRIVATE -flto=auto -ffat-lto-objects)
    endif()
    if(ROOM_ASIO)
      target_link_libraries(${name} PUBLIC asio)
      target_precompile_headers(${name} REUSE_FROM asio)
    else()
      target_precompile_headers(${name} REUSE_FROM oriel_pch)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ROOM_USES} ${ROOM_PACKAGES})
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
  endif()
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  list(JOIN ROOM_USES " " uses)
  set_property(GLOBAL APPEND PROPERTY ORIEL_ROOMS "${folder}|${name}|${uses}|${ROOM_ASIO}")
  foreach(header IN LISTS ROOM_HEADERS)
    set_property(GLOBAL APPEND PROPERTY ORIEL_HEADERS "${folder}/${header}|${name}")
  endforeach()
endfunction()

# room_test(name SOURCES … USES rooms… [PACKAGES targets…] [ASIO] [AS_SHIPPED]): GoogleTest cases in
# one program.
#
# AS_SHIPPED  they say something of what users run, which a build with sanitizers does not have (pools
#             of memory): label and target `as_shipped`
function(room_test name)
  cmake_parse_arguments(TEST "ASIO;AS_SHIPPED" "" "SOURCES;USES;PACKAGES" ${ARGN})
  if(NOT ORIEL_TESTS)
    return()
  endif()
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_USES} ${TEST_PACKAGES} GTest::gmock GTest::gtest_main
                                        oriel_warnings)
  target_compile_definitions(${name} PRIVATE ORIEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TEST_ASIO)
    target_link_libraries(${name} PRIVATE asio)
  endif()
  target_precompile_headers(${name} REUSE_FROM oriel_test_pch)
  target_compile_options(${name} PRIVATE ${ORIEL_TEST_OPTIONS})
  set(labels)
  if(TEST_AS_SHIPPED)
    set(labels LABELS as_shipped)
    if(NOT TARGET as_shipped)
      add_custom_target(as_shipped)
    endif()
    add_dependencies(as_shipped ${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300 ${labels})
endfunction()

# fuzz_target(name SOURCES … USES rooms…): LLVMFuzzerTestOneInput over a room without sockets. With
# ORIEL_FUZZ it is a libFuzzer program; always, its corpus in tests/fuzz/corpus/<name> is a test.
function(fuzz_target name)
  cmake_parse_arguments(FUZZ "" "" "SOURCES;USES" ${ARGN})
  if(NOT ORIEL_TESTS)
    return()
  endif()
  set(program fuzz_${name})
  if(ORIEL_FUZZ)
    add_executable(${program} ${FUZZ_SOURCES})
    target_link_options(${program} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${program} ${FUZZ_SOURCES} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
  endif()
  target_link_libraries(${program} PRIVATE ${FUZZ_USES} oriel_warnings)
  set(corpus ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
  if(ORIEL_FUZZ)
    add_test(NAME fuzz_corpus.${name} COMMAND ${program} -runs=0 ${corpus})
  else()
    add_test(NAME fuzz_corpus.${name} COMMAND ${program} ${corpus})
  endif()
  set_property(GLOBAL APPEND PROPERTY ORIEL_FUZZ_TARGETS ${program})
endfunction()

# room_bench(name SOURCES … USES rooms…): a Google Benchmark program.
function(room_bench name)
  cmake_parse_arguments(BENCH "" "" "SOURCES;USES" ${ARGN})
  if(NOT ORIEL_BENCH)
    return()
  endif()
  add_executable(${name} ${BENCH_SOURCES})
  target_link_libraries(${name} PRIVATE ${BENCH_USES} benchmark::benchmark_main oriel_warnings)
endfunction()
