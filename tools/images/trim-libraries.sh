#!/bin/sh
# Removes from installed libraries what no process reads: types, source maps, notes, Prisma's compilers for other databases,
# what bundlers for browsers read, the products of Twilio besides those that the desk uses, and the parts of a page that are in its one file, too.
set -eu
find "$1" -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -iname '*.md' \) -delete
find "$1" -type f -path '*/@prisma/client/runtime/query_compiler_*' ! -name '*_fast_bg.postgresql.*mjs' -delete
# Node reads the other half of AWS's packages.
find "$1" -type d -path '*/dist-cjs' -prune -exec sh -c 'for half; do rm -rf "${half%cjs}es"; done' sh {} +
# Twilio's client loads a product when it is first asked for: texts and numbers are in `api`, Messaging Services and senders in
# `messaging`, templates in `content`; `oauth` is loaded with the client.
find "$1" -type d -path '*/twilio/lib/rest/*' -prune ! -name api ! -name content ! -name messaging ! -name oauth -exec rm -r {} +
# Of the page that shows the interface of the administration, its one file is served.
find "$1" -type f -path '*/@scalar/api-reference/dist/*' ! -path '*/dist/browser/standalone.js' -delete
find "$1" -type d -empty -delete
