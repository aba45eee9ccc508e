# The flags of our own code live on one interface target; dependencies are not held to them.
add_library(playground_flags INTERFACE)
target_compile_features(playground_flags INTERFACE cxx_std_20)
target_include_directories(playground_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src)
target_compile_options(playground_flags INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -fno-omit-frame-pointer -fstack-protector-strong)

if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT PLAYGROUND_SANITIZE)
  target_compile_options(playground_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

# GCC 12 sees an overlap in "x" + std::string that isn't there (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(playground_flags INTERFACE -Wno-restrict)
endif()

# An uninstrumented library inside an instrumented program is fine; the reverse is not, so everything that
# is compiled here gets the sanitizer. The pool's module is loaded into a plain interpreter and stays out.
add_library(playground_sanitize INTERFACE)
if(PLAYGROUND_SANITIZE)
  target_compile_options(playground_sanitize INTERFACE -fsanitize=${PLAYGROUND_SANITIZE}
                         -fno-sanitize-recover=all)
  target_compile_definitions(playground_sanitize INTERFACE PLAYGROUND_SANITIZED)
  target_link_options(playground_sanitize INTERFACE -fsanitize=${PLAYGROUND_SANITIZE})
endif()
if(PLAYGROUND_SANITIZE STREQUAL "thread")
  add_library(playground_tsan OBJECT ${CMAKE_SOURCE_DIR}/test/tsan/syscall.cc)
  target_link_libraries(playground_tsan PRIVATE playground_flags)
  target_link_libraries(playground_sanitize INTERFACE $<TARGET_OBJECTS:playground_tsan>)
endif()
if(PLAYGROUND_FUZZ)
  target_compile_options(playground_sanitize INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PLAYGROUND_COVERAGE)
  target_compile_options(playground_sanitize INTERFACE --coverage)
  target_link_options(playground_sanitize INTERFACE --coverage)
endif()
