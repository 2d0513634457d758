#!/bin/sh
# Prints the path of a Chromium for the browser tests. Where there is none it is installed from Debian's packages, when this may be done.
set -eu
find_it() { for name in chromium chromium-browser google-chrome; do command -v "$name" && return 0; done; return 1; }
find_it && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && apt-get install -y chromium; } >&2
    find_it && exit 0
fi
echo "The browser tests need Chromium: install the package 'chromium' (apt-get install chromium, as root)." >&2
exit 1
