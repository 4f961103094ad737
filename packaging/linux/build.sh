#!/bin/sh
# `make deb`: the Linux packages from a clean clone, as root on Debian: out/linux/perfdesk_VERSION_amd64.deb and the portable .tar.xz.
# The roots, CPython and the wheels are kept in CACHE and made once. MACHINE=arm64 builds for another machine: its roots have names of
# their own, qemu-user-static runs what is in them, and the compilers are those of this machine (foreign.sh).
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/packaging/linux
cache=${CACHE:-$PWD/out/cache}
out=${OUT:-out}/linux
own=$(dpkg --print-architecture)
machine=${MACHINE:-$own}
case $machine in
amd64) abi=x86_64 glibc="2_28 2_27 2_26 2_24 2_17 2_12 2_5" ;;
arm64) abi=aarch64 glibc="2_31 2_28 2_27 2_26 2_24 2_17" ;; # Qt's wheels for it begin at 2.31
*) echo "make deb: MACHINE is amd64 or arm64, not $machine" >&2; exit 2 ;;
esac
suite=bullseye build=$cache/bullseye tools=$cache/trixie compilers=build-essential
if [ "$machine" != "$own" ]; then
    [ "$own" = amd64 ] || { echo "make deb: packages for another machine are built on amd64" >&2; exit 2; }
    suite=$suite/$machine build=$build-$machine compilers=libc6-dev
fi
mkdir -p "$cache" "$out"
[ "$(id -u)" = 0 ] || { echo "make deb builds in Debian roots and needs root: sudo make deb" >&2; exit 1; }

exec 9>"$cache/lock"
flock 9 # two builds in one root would take each other's files away

echo "1/6 roots"
sh "$here/roots.sh" make "$suite" "$build" $compilers patch xz-utils tcl icu-devtools libssl-dev zlib1g-dev libbz2-dev liblzma-dev \
    libffi-dev uuid-dev libglib2.0-0 libgl1 libegl1 libfontconfig1 libfreetype6 libdbus-1-3 libcups2 libx11-xcb1 libxkbcommon-x11-0 \
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 \
    libxcb-xfixes0 libxcb-xkb1 libxcb-glx0 >"$cache/roots.log"
if [ "$machine" != "$own" ]; then
    cp "$here/foreign.sh" "$build/"
    sh "$here/roots.sh" enter "$build" sh /foreign.sh $abi >>"$cache/roots.log"
fi
sh "$here/roots.sh" make trixie "$tools" dpkg-dev cmake extra-cmake-modules g++ pkg-config qt6-base-dev qt6-base-private-dev \
    libxkbcommon-dev >>"$cache/roots.log"

echo "2/6 sources"
if [ ! -e "$tools/sources/done" ]; then
    cp "$here/sources.sh" "$here/fcitx-generate.sh" "$tools/"
    sh "$here/roots.sh" enter "$tools" sh /sources.sh >"$cache/sources.log"
    sh "$here/roots.sh" enter "$tools" sh /fcitx-generate.sh >>"$cache/sources.log"
    touch "$tools/sources/done"
fi
mkdir -p "$build/build"
rm -rf "$build/build/sources" "$build/build/source"
cp -r "$tools/sources" "$build/build/sources"

echo "3/6 CPython"
recipe=$(cat "$here/python.sh" "$tools"/sources/*.dsc | sha256sum)
if [ "$(cat "$build/opt/python/recipe" 2>/dev/null)" != "$recipe" ]; then
    rm -rf "$build/opt/python"
    cp "$here/python.sh" "$build/build/"
    sh "$here/roots.sh" enter "$build" sh /build/python.sh
    echo "$recipe" >"$build/opt/python/recipe"
fi

echo "4/6 wheels"
wheels=$build/build/wheels
lock=$(cat requirements-run.txt requirements-package.txt | sha256sum)
if [ "$(cat "$wheels/lock" 2>/dev/null)" != "$lock" ]; then
    rm -rf "$wheels"
    mkdir -p "$wheels"
    platforms=
    for one in $glibc; do platforms="$platforms --platform manylinux_${one}_$abi"; done
    # the lock names other versions of Qt for other machines, and pip would ask the machine it runs on
    pip="import platform, runpy; platform.machine = lambda: '$abi'; runpy.run_module('pip', run_name='__main__')"
    for kind in run package; do
        # shellcheck disable=SC2086
        "$PY" -c "$pip" download --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-$kind.txt \
            --only-binary=:all: --python-version 3.13 --implementation cp --abi cp313 --abi abi3 --abi none $platforms \
            --platform manylinux2014_$abi --platform manylinux1_$abi --dest "$wheels"
        cp requirements-$kind.txt "$wheels/$kind.txt"
    done
    echo "$lock" >"$wheels/lock"
fi

echo "5/6 freeze"
mkdir -p "$build/build/source"
git ls-files -z perfdesk ui resources packaging | xargs -0 cp --parents -t "$build/build/source"
changed=$(git status --porcelain --untracked-files=no -- perfdesk ui resources packaging)
echo "commit=$(git rev-parse --short=12 HEAD)${changed:+"+"}" >"$build/build/source/resources/build.txt" # perfdesk/release.py reads it
sh "$here/roots.sh" enter "$build" sh /build/source/packaging/linux/freeze.sh

echo "6/6 packages"
PYTHONPATH="$PWD:$PWD/packaging" "$PY" "$here/pack.py" "$build/build/dist/perfdesk" "$out"
