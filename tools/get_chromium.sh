#!/bin/sh
# See to it that the browser tests find a Chromium: one that is there, Debian's, or Playwright's.

present() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

from_debian() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root=
    if [ "$(id -u)" != 0 ]; then
        as_root='sudo -n'
        $as_root true 2>/dev/null || return 1
    fi
    echo 'Installing Chromium from the Debian packages ...'
    $as_root apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium >/dev/null
}

from_playwright() {
    echo 'Installing the Chromium of Playwright ...'
    python -m playwright install chromium
}

present || { from_debian && present; } || from_playwright || {
    echo 'No Chromium for the browser tests: please install chromium or google-chrome.' >&2
    exit 1
}
