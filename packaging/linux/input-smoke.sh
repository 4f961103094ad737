#!/bin/sh
# `make input-smoke`: Chinese typed into the packaged program with real engines, in a Debian 11 root under Xvfb and without network:
# fcitx 4, fcitx 5 and ibus, each named as desktops name it. The pictures go to out/linux/pictures/input-*.png.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/packaging/linux
cache=${CACHE:-$PWD/out/cache}
out=${OUT:-out}/linux
root=$cache/input
deb=$(ls "$out"/perfdesk_*_amd64.deb)
[ "$(id -u)" = 0 ] || { echo "the trial of input methods enters a Debian root and needs root" >&2; exit 1; }

sh "$here/roots.sh" make bullseye "$root" libcups2 libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libx11-6 \
    libx11-xcb1 libxcb1 xvfb imagemagick dbus-x11 xdotool openbox fonts-wqy-microhei fcitx fcitx-bin fcitx-pinyin fcitx-module-x11 \
    fcitx-module-dbus fcitx-ui-classic fcitx5 fcitx5-pinyin fcitx5-chinese-addons fcitx5-module-xorg ibus ibus-libpinyin dconf-cli \
    dconf-gsettings-backend gsettings-desktop-schemas >"$cache/input-roots.log"
rm -rf "$root/input" "$root/home" "$root/usr/lib/perfdesk"
mkdir -p "$root/input" "$out/pictures"
dpkg-deb -x "$deb" "$root"
cp "$here/input-inside.sh" "$root/input/"
for engine in fcitx fcitx5 ibus; do
    sh "$here/roots.sh" offline "$root" dbus-run-session -- sh /input/input-inside.sh "$engine" 2>"$cache/input-$engine.log" || {
        tail -5 "$cache/input-$engine.log" >&2
        exit 1
    }
done
cp "$root"/input/*.png "$out/pictures/"
echo "pictures in $out/pictures"
