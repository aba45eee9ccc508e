# For what runs a few times only, and takes longer to be compiled than to run. What it is linked with stays optimised. Last of the
# libraries of a target, for it takes back flags of others.
add_library(playground_quickly_built INTERFACE)
target_compile_options(playground_quickly_built INTERFACE $<$<CONFIG:Release>:-O0;-U_FORTIFY_SOURCE>)

# playground_test(NAME name SOURCES… LIBRARIES… LABELS… [TIMEOUT seconds]): one GoogleTest binary, which is one
# test of ctest: a process for each of hundreds of cases would cost more than the cases do. What runs
# through --gtest_filter in the binary is a single case.
function(playground_test)
  cmake_parse_arguments(arg "" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${arg_NAME} ${arg_SOURCES})
  target_include_directories(${arg_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${arg_NAME} PRIVATE playground_flags playground_sanitize ${arg_LIBRARIES}
                        GTest::gmock GTest::gtest GTest::gtest_main playground_quickly_built)
  target_precompile_headers(${arg_NAME} PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  add_test(NAME ${arg_NAME} COMMAND ${arg_NAME} --gtest_brief=1)
  set_tests_properties(${arg_NAME} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT})
endfunction()

# The environment of every test that runs the real binary.
set(PLAYGROUND_TEST_ENVIRONMENT
  PLAYGROUND_BINARY=$<TARGET_FILE:playground>
  PLAYGROUND_POOL_MODULE=$<TARGET_FILE:playground_pool>
  PLAYGROUND_TEST_LOGS=${CMAKE_BINARY_DIR}/test-logs
  PYTHONDONTWRITEBYTECODE=1)
if(PLAYGROUND_SANITIZE)
  list(APPEND PLAYGROUND_TEST_ENVIRONMENT PLAYGROUND_SANITIZED=1)
endif()

# playground_command_test(NAME name COMMAND … LABELS … [TIMEOUT seconds]): another runner's tests as one test
# of ctest; its output is kept for its closing lines (tools/run-tests).
function(playground_command_test)
  cmake_parse_arguments(arg "" "NAME;TIMEOUT" "COMMAND;LABELS" ${ARGN})
  add_test(NAME ${arg_NAME} COMMAND ${CMAKE_SOURCE_DIR}/tools/logged ${arg_NAME} ${arg_COMMAND}
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${arg_NAME} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
                       ENVIRONMENT "${PLAYGROUND_TEST_ENVIRONMENT}")
endfunction()

# playground_pytest(NAME name PATHS … LABELS … [TIMEOUT seconds]): paths below the calling folder.
function(playground_pytest)
  cmake_parse_arguments(arg "" "NAME;TIMEOUT" "PATHS;LABELS" ${ARGN})
  list(TRANSFORM arg_PATHS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  playground_command_test(NAME ${arg_NAME} LABELS ${arg_LABELS} TIMEOUT ${arg_TIMEOUT}
    COMMAND ${Python3_EXECUTABLE} -m pytest -q -p no:cacheprovider ${arg_PATHS})
endfunction()
