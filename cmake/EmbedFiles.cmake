# playground_embed(TARGET FILES…): puts files into the binary, where app/assets.h finds them by name. The
# assembler's .incbin takes any file as it is.
enable_language(ASM)

function(playground_embed target)
  set(assembly ".section .rodata\n")
  set(declarations "")
  set(table "")
  set(index 0)
  foreach(file IN LISTS ARGN)
    get_filename_component(path ${file} ABSOLUTE)
    get_filename_component(name ${file} NAME)
    set(symbol playground_asset_${index})
    string(APPEND assembly ".global ${symbol}\n.global ${symbol}_end\n"
                           "${symbol}:\n.incbin \"${path}\"\n${symbol}_end:\n.byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND table "    {\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
    list(APPEND paths ${path})
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",%progbits\n")

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  file(CONFIGURE OUTPUT ${folder}/assets.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/assets.cc CONTENT
"#include \"app/assets.h\"

extern \"C\" {
${declarations}}

namespace playground::app {

std::span<const Asset> assets() {
  static const Asset table[] = {
${table}  };
  return table;
}

}  // namespace playground::app
" @ONLY)
  set_source_files_properties(${folder}/assets.S PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(${target} PRIVATE ${folder}/assets.S ${folder}/assets.cc)
endfunction()
