#!/bin/sh
# `make windows-smoke`, where wine can be had: the setup under wine 10 in a Debian root of its own, without network, as a user with a
# Chinese name, into a folder with Chinese, spaces and brackets. What this cannot show is a list in docs/release.md.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/packaging/windows
cache=${CACHE:-$PWD/out/cache}
out=${OUT:-out}/windows
root=$cache/wine tools=$cache/windows
version=$("$PY" -c 'import perfdesk; print(perfdesk.__version__)')
[ "$(id -u)" = 0 ] || { echo "the smoke test enters Debian roots and needs root" >&2; exit 1; }

# a face for the setup's own pages; the program brings its faces along
sh packaging/linux/roots.sh make trixie "$root" wine wine64 xvfb imagemagick xdotool xauth fonts-wqy-microhei >"$cache/wine-roots.log"
rm -rf "$root/smoke"
mkdir -p "$root/smoke"
cp "$out/perfdesk-$version-setup.exe" "$root/smoke/new.exe"
cp "$here"/smoke-inside.sh "$here"/smoke-windows.cmd resources/samples/county/2025.json resources/samples/county/2025-drafts.json "$root/smoke/"
# the setup before this one: the same program under a lower number, until there is a released one to take
sh packaging/linux/roots.sh enter "$tools" sh /build/parts/pack.sh older 0.0.9
mv "$tools/build/parts/perfdesk-0.0.9-setup.exe" "$root/smoke/old.exe"
echo "$version" >"$root/smoke/version"
sh packaging/linux/roots.sh offline "$root" sh /smoke/smoke-inside.sh
pictures=${1:-$out/pictures}
mkdir -p "$pictures"
for picture in "$root"/smoke/*.png; do cp "$picture" "$pictures/windows-$(basename "$picture")"; done
echo "pictures in $pictures"
