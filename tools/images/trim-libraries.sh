#!/bin/sh
# Removes from installed libraries what no process reads: types, source maps, notes, and Prisma's compilers for other databases.
set -eu
find "$1" -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -iname '*.md' \) -delete
find "$1" -type f -path '*/@prisma/client/runtime/query_compiler_*' ! -name '*_fast_bg.postgresql.*mjs' -delete
find "$1" -type d -empty -delete
