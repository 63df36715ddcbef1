#!/bin/sh
# See to it that the browser tests find a Chromium: one that is there, Debian's, or Playwright's.

. "$(dirname "$0")/debian.sh"

present() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

from_playwright() {
    echo 'Installing the Chromium of Playwright ...'
    python -m playwright install chromium
}

present || { from_debian Chromium chromium && present; } || from_playwright || {
    echo 'No Chromium for the browser tests: please install chromium or google-chrome.' >&2
    exit 1
}
