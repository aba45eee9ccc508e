# playground_embed(TARGET PAGE FOLDER DOCUMENTS NAME=PART,PART…): puts files into the binary, where app/assets.h
# finds them by name; embed.py says how. The assembler's .incbin takes any file as it is.
enable_language(ASM)

function(playground_embed target)
  cmake_parse_arguments(arg "" "PAGE" "DOCUMENTS" ${ARGN})
  set(parts "")
  set(documents "")
  foreach(document IN LISTS arg_DOCUMENTS)
    list(APPEND documents --document ${document})
    string(REGEX REPLACE "^[^=]*=" "" files ${document})
    string(REPLACE "," ";" files ${files})
    list(APPEND parts ${files})
  endforeach()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed.py)
  add_custom_command(OUTPUT ${folder}/assets.S ${folder}/assets.cc
    COMMAND ${Python3_EXECUTABLE} ${script} ${folder} --version ${PROJECT_VERSION} --page ${arg_PAGE} ${documents}
    DEPENDS ${script} ${arg_PAGE}/manifest.json ${parts}
    COMMENT "Embedding static files" VERBATIM)
  # The assembly names the files, which come with it: what changes in them, changes its date.
  set_source_files_properties(${folder}/assets.S PROPERTIES OBJECT_DEPENDS ${folder}/assets.cc)
  target_sources(${target} PRIVATE ${folder}/assets.S ${folder}/assets.cc)
endfunction()
