# playground_bundle(VARIABLE): sets VARIABLE to the folder of the page's files, which bundle.js makes of static/. Its
# manifest.json is what to depend on.
set(PLAYGROUND_PAGE "" CACHE PATH "The page as cmake/bundle.js made it elsewhere; empty: it is made here, by node")

function(playground_bundle variable)
  if(PLAYGROUND_PAGE)
    if(NOT EXISTS ${PLAYGROUND_PAGE}/manifest.json)
      message(FATAL_ERROR "PLAYGROUND_PAGE=${PLAYGROUND_PAGE} has no manifest.json: make it by `node cmake/bundle.js FOLDER`")
    endif()
    set(${variable} ${PLAYGROUND_PAGE} PARENT_SCOPE)
    return()
  endif()
  find_program(NODE node)
  if(NOT NODE OR NOT EXISTS ${CMAKE_SOURCE_DIR}/node_modules/esbuild/package.json)
    message(FATAL_ERROR "The page is bundled by node and esbuild; `make deps` installs them (or name a page made elsewhere by -DPLAYGROUND_PAGE=FOLDER)")
  endif()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/page)
  set(script ${CMAKE_SOURCE_DIR}/cmake/bundle.js)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/static/*)
  add_custom_command(OUTPUT ${folder}/manifest.json
    COMMAND ${NODE} ${script} ${folder}
    DEPENDS ${script} ${sources} ${CMAKE_SOURCE_DIR}/package-lock.json
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Bundling the page" VERBATIM)
  set(${variable} ${folder} PARENT_SCOPE)
endfunction()
