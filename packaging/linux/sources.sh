#!/bin/sh
# Inside the tools root (Debian stable): what the package is built from besides wheels, checked by apt against Debian's signed lists,
# into /sources.
set -eu
mirror=$(awk '/^deb /{print $2; exit}' /etc/apt/sources.list)
suite=$(awk '/^deb /{print $3; exit}' /etc/apt/sources.list)
printf 'deb-src %s %s main\ndeb-src %s-security %s-security main\n' "$mirror" "$suite" "$mirror" "$suite" \
    >/etc/apt/sources.list.d/sources.list
apt-get -q update
rm -rf /sources && mkdir /sources && chown _apt /sources && cd /sources
apt-get -q --download-only source python3.13 sqlite3
# of the input method only the original source is asked for: Debian's additions are about packaging
apt-get -q --print-uris --download-only source fcitx-qt5 | tr -d "'" | while read -r uri name _size hash; do
    case $name in *.orig.tar.xz) /usr/lib/apt/apt-helper download-file "$uri" "$name" "$hash" ;; esac
done
ls -1
