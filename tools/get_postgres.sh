#!/bin/sh
# See to it that the tests of the store find the programs of PostgreSQL: some that are there, or Debian's.
# The tests start a server of their own, in a temporary folder; one that runs already is left alone.

. "$(dirname "$0")/debian.sh"

present() {
    [ -n "$NABLA_TEST_POSTGRES" ] && return 0
    command -v initdb >/dev/null 2>&1 && return 0
    for program in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$program" ] && return 0
    done
    return 1
}

present || { from_debian PostgreSQL postgresql && present; } || {
    echo 'No PostgreSQL for the tests of the store: please install it, with initdb in the PATH,' >&2
    echo 'or give the address of a server whose data base may be used in NABLA_TEST_POSTGRES.' >&2
    exit 1
}
