#!/bin/sh
# See to it that the tests of the store find the programs of PostgreSQL: some that are there, or Debian's.
# The tests start a server of their own, in a temporary folder; one that runs already is left alone.

present() {
    [ -n "$NABLA_TEST_POSTGRES" ] && return 0
    command -v initdb >/dev/null 2>&1 && return 0
    for program in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$program" ] && return 0
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
    echo 'Installing PostgreSQL from the Debian packages ...'
    $as_root apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq postgresql >/dev/null
}

present || { from_debian && present; } || {
    echo 'No PostgreSQL for the tests of the store: please install it, with initdb in the PATH,' >&2
    echo 'or give the address of a server whose data base may be used in NABLA_TEST_POSTGRES.' >&2
    exit 1
}
