# playground_library(NAME SOURCES… DEPENDS…): one folder of src/ as a static library. DEPENDS names the
# libraries that it may include from, which is how the direction of dependencies is kept.
function(playground_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(playground_${name} STATIC ${arg_SOURCES})
  add_library(playground::${name} ALIAS playground_${name})
  target_link_libraries(playground_${name} PUBLIC ${arg_DEPENDS}
                        PRIVATE playground_flags INTERFACE playground_sanitize)
  target_link_libraries(playground_${name} PRIVATE playground_sanitize)
  target_include_directories(playground_${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src)
  target_compile_features(playground_${name} PUBLIC cxx_std_20)
endfunction()
