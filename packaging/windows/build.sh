#!/bin/sh
# `make windows-setup`: the setup for Windows from a clean clone, on Linux: out/windows/perfdesk-VERSION-setup.exe, and the tree it
# installs in out/windows/tree. As root on Debian, for NSIS, the C compiler for Windows and the Python that compiles come from a
# Debian root of their own. CPython and the wheels are pinned by hash and kept in CACHE.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/packaging/windows
cache=${CACHE:-$PWD/out/cache}
out=$(mkdir -p "${OUT:-out}/windows" && cd "${OUT:-out}/windows" && pwd)
root=$cache/windows parts=$cache/windows-parts
version=$("$PY" -c 'import perfdesk; print(perfdesk.__version__)')
mkdir -p "$parts"
[ "$(id -u)" = 0 ] || { echo "make windows-setup builds in a Debian root and needs root: sudo make windows-setup" >&2; exit 1; }

echo "1/5 tools"
sh packaging/linux/roots.sh make trixie "$root" nsis python3 gcc-mingw-w64-x86-64-win32 >"$cache/windows-root.log"

echo "2/5 CPython and wheels"
"$PY" "$here/embedded.py" get "$parts" >/dev/null
lock=$(sha256sum <requirements-run.txt)
if [ "$(cat "$parts/wheels/lock" 2>/dev/null)" != "$lock" ]; then
    rm -rf "$parts/wheels"
    "$PY" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-run.txt \
        --only-binary=:all: --platform win_amd64 --python-version 3.13 --implementation cp --abi cp313 --abi abi3 --abi none \
        --dest "$parts/wheels"
    echo "$lock" >"$parts/wheels/lock"
fi

echo "3/5 tree"
work=$root/build
rm -rf "$work"
mkdir -p "$work/source" "$work/parts"
git ls-files -z perfdesk ui resources | xargs -0 cp --parents -t "$work/source"
changed=$(git status --porcelain --untracked-files=no -- perfdesk ui resources)
echo "commit=$(git rev-parse --short=12 HEAD)${changed:+"+"}" >"$work/source/resources/build.txt" # perfdesk/release.py reads it
tree=$work/tree
"$PY" "$here/tree.py" "$parts" "$work/source" "$tree"
"$PY" "$here/pe_needs.py" "$tree"
PYTHONPATH=$PWD "$PY" packaging/pack_faces.py "$tree/resources/fonts"
cp "$here"/launcher.* "$here/setup.nsi" "$here/perfdesk-cli.cmd" "$here/pack.sh" "$work/parts/"
PYTHONPATH="$PWD:$PWD/packaging" "$PY" "$here/pictures.py" "$work/parts" >/dev/null

echo "4/5 compile"
sh packaging/linux/roots.sh enter "$root" sh /build/parts/pack.sh compile "$version"
PYTHONPATH=$PWD "$PY" packaging/bundle_licences.py "$tree" --notice
# same source, same bytes: every file bears the time of the commit
find "$work" -exec touch --no-dereference --date="@$(git log -1 --format=%ct)" {} +

echo "5/5 setup"
sh packaging/linux/roots.sh enter "$root" sh /build/parts/pack.sh setup "$version"
rm -rf "$out/tree"
cp -a "$tree" "$out/tree"
cp -a "$work/parts/perfdesk.exe" "$work/parts/perfdesk-cli.cmd" "$work/parts/perfdesk-$version-setup.exe" "$out/"
setup=$out/perfdesk-$version-setup.exe
echo "$(basename "$setup"): $(($(stat -c %s "$setup") / 1048576)) MB, installed $(du -sm "$out/tree" | cut -f1) MB"
sha256sum "$setup" | cut -d' ' -f1
