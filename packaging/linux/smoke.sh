#!/bin/sh
# `make package-smoke`, the Linux half: the .deb in a fresh Debian 11 root without Python and without network. It is installed, started
# under Xvfb, takes a form in, writes PDF, Excel and Word, is updated over an older version with a data file of that version, and purged.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/packaging/linux
cache=${CACHE:-$PWD/out/cache}
out=${OUT:-out}/linux
root=$cache/smoke
deb=$(ls "$out"/perfdesk_*_amd64.deb)
portable=$(ls "$out"/perfdesk-*-portable-amd64.tar.xz)
[ "$(id -u)" = 0 ] || { echo "the smoke test enters Debian roots and needs root" >&2; exit 1; }

# what any desktop has: the libraries of Depends, an X server to draw on, a tool that takes pictures, an input method's bus
sh "$here/roots.sh" make bullseye "$root" libcups2 libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libx11-6 libx11-xcb1 libxcb1 xvfb imagemagick dbus dbus-x11 \
    xdotool xz-utils shared-mime-info desktop-file-utils hicolor-icon-theme >"$cache/smoke-roots.log"
rm -rf "$root/smoke" "$root/home"
mkdir -p "$root/smoke/old"
cp "$deb" "$root/smoke/new.deb"
cp "$portable" "$root/smoke/portable.tar.xz"
cp "$here/smoke-inside.sh" "$root/smoke/"
cp tests/old_databases/*.db "$root/smoke/old/"
cp resources/samples/county/*.json "$root/smoke/" 2>/dev/null || true
# the package before this one: the same program under a lower number, until there is a released one to take
rm -rf "$cache/older" && dpkg-deb -R "$deb" "$cache/older"
sed -i 's/^Version: .*/Version: 0.0.1/' "$cache/older/DEBIAN/control"
dpkg-deb --root-owner-group -Zxz -z0 --build "$cache/older" "$root/smoke/old.deb" >/dev/null
rm -rf "$cache/older"
sh "$here/roots.sh" offline "$root" sh /smoke/smoke-inside.sh
pictures=${1:-$out/pictures}
mkdir -p "$pictures"
for picture in "$root"/smoke/*.png; do cp "$picture" "$pictures/linux-$(basename "$picture")"; done
echo "pictures in $pictures"
