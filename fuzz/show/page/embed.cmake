# SPDX-License-Identifier: MIT
#
# embed.cmake: page.html with its style and its script, as two C arrays: what
# stands before the data and what stands after it.
#
#   cmake -DOUT=page.c -P embed.cmake
cmake_minimum_required(VERSION 3.16)

file(READ ${CMAKE_CURRENT_LIST_DIR}/page.html page)
file(READ ${CMAKE_CURRENT_LIST_DIR}/page.css style)
file(READ ${CMAKE_CURRENT_LIST_DIR}/table.js table)
file(READ ${CMAKE_CURRENT_LIST_DIR}/page.js script)
string(REPLACE "@STYLE@" "${style}" page "${page}")
string(REPLACE "@SCRIPT@" "${table}${script}" page "${page}")
string(FIND "${page}" "@DATA@" at)
if(at EQUAL -1)
  message(FATAL_ERROR "page.html: no @DATA@")
endif()
math(EXPR behind "${at} + 6")
string(SUBSTRING "${page}" 0 ${at} before)
string(SUBSTRING "${page}" ${behind} -1 after)

# A string's bytes in hexadecimal: only file(READ) knows how.
function(as_array name text)
  file(WRITE ${OUT}.${name} "${text}")
  file(READ ${OUT}.${name} bytes HEX)
  file(REMOVE ${OUT}.${name})
  string(LENGTH "${bytes}" size)
  math(EXPR size "${size} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(.................................................................)" "\\1\n" bytes "${bytes}")
  file(APPEND ${OUT} "extern const unsigned char page_${name}[];\n"
    "const unsigned char page_${name}[] = {\n${bytes}\n};\n"
    "extern const unsigned long page_${name}_size;\n"
    "const unsigned long page_${name}_size = ${size};\n")
endfunction()

file(WRITE ${OUT} "/* Written by fuzz/show/page/embed.cmake. */\n")
as_array(before "${before}")
as_array(after "${after}")
