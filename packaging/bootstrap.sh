#!/bin/sh
# Installs what the operating system must give: bootstrap.sh run|test|package
# Quick and silent when all is there. As root (or with password-free sudo) it installs what is missing; otherwise it names
# the one line to run. Package names are Debian's (Ubuntu, UOS and Kylin use the same); elsewhere it lists the missing libraries.
set -eu
purpose=${1:-run}

# shared library -> package: all that the Qt libraries and the xcb, wayland, offscreen and print plugins of the wheels link to
LIBRARIES="
libEGL.so.1:libegl1
libGL.so.1:libgl1
libX11.so.6:libx11-6
libX11-xcb.so.1:libx11-xcb1
libcups.so.2:libcups2
libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1
libfreetype.so.6:libfreetype6
libglib-2.0.so.0:libglib2.0-0
libwayland-client.so.0:libwayland-client0
libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1
libxcb.so.1:libxcb1
libxcb-cursor.so.0:libxcb-cursor0
libxcb-glx.so.0:libxcb-glx0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0
libxcb-render.so.0:libxcb-render0
libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0
libxcb-shm.so.0:libxcb-shm0
libxcb-sync.so.1:libxcb-sync1
libxcb-xfixes.so.0:libxcb-xfixes0
libxcb-xkb.so.1:libxcb-xkb1
libxkbcommon.so.0:libxkbcommon0
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libz.so.1:zlib1g
"

# office_has sc|sw: whether LibreOffice is here with its Calc or its Writer.
office_has() {
    command -v soffice >/dev/null && [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/lib${1}lo.so" ]
}

# Sets `missing` (packages) and `absent` (the things themselves).
look() {
    missing='' absent='' optional=''
    [ "$(uname -s)" = Linux ] || return 0
    known=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null || true)
    for pair in $LIBRARIES; do
        case $known in
        *"${pair%%:*} "*) ;;
        *) missing="$missing ${pair#*:}" absent="$absent ${pair%%:*}" ;;
        esac
    done
    if [ ! -x "${VENV:-.venv}/bin/python" ] && ! "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then
        missing="$missing python3-venv" absent="$absent python-venv"
    fi
    # packages are built in Debian roots of their own
    if [ "$purpose" = package ] && [ ! -x /usr/sbin/debootstrap ]; then missing="$missing debootstrap" absent="$absent debootstrap"; fi
    # tests open the Excel files with its Calc and the Word files with its Writer
    if [ "$purpose" = test ] && ! office_has sc; then optional=libreoffice-calc-nogui; fi
    if [ "$purpose" = test ] && ! office_has sw; then optional="$optional libreoffice-writer-nogui"; fi
}

look
[ -n "$missing$optional" ] || exit 0

if ! command -v apt-get >/dev/null; then
    [ -z "$optional" ] || echo "LibreOffice is not installed: the tests that open our Excel and Word files with it will be skipped." >&2
    [ -n "$missing" ] || exit 0
    echo "Please install with this system's package manager what provides:$absent" >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=''
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    [ -z "$missing" ] || echo "Some system packages are missing. Please run this line, then try again:" >&2
    [ -n "$missing" ] || echo "LibreOffice is missing; its tests will be skipped. To have them run:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing${optional:+ $optional}" >&2
    [ -z "$missing" ] || exit 1
    exit 0
fi

# The log is shown only when something went wrong.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then rm -f "$log"; else cat "$log" >&2; rm -f "$log"; return 1; fi
}

# shellcheck disable=SC2086  # words are meant to split
apt() {
    quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
}

echo "Installing system packages:$missing${optional:+ $optional} ..."
apt update
# shellcheck disable=SC2086
[ -z "$missing" ] || apt install -y --no-install-recommends $missing
# shellcheck disable=SC2086
if [ -n "$optional" ] && ! apt install -y --no-install-recommends $optional; then
    echo "LibreOffice could not be installed: the tests that open our Excel and Word files with it will be skipped." >&2
fi

look
[ -z "$missing" ] || { echo "Still missing after the installation:$absent" >&2; exit 1; }
