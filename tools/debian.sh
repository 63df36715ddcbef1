# Sourced by the scripts beside it: a program that is missing may be had from the Debian packages.

# from_debian NAME PACKAGE: install the package; fails where that is impossible without a question.
from_debian() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root=
    if [ "$(id -u)" != 0 ]; then
        as_root='sudo -n'
        $as_root true 2>/dev/null || return 1
    fi
    echo "Installing $1 from the Debian packages ..."
    $as_root apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$2" >/dev/null
}
