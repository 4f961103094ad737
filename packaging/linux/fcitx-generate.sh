#!/bin/sh
# Inside the tools root: what Qt's own tools make of the fcitx plugin's source (they do not run on the old C library of the build root),
# with Qt's headers, into /sources/fcitx. The compiling is done in the build root by fcitx-compile.sh.
set -eu
cd /sources
rm -rf fcitx && mkdir -p fcitx/source fcitx/headers
tar -xf fcitx-qt5_*.orig.tar.xz -C fcitx/source --strip-components=1
cmake -S fcitx/source -B fcitx/made -DENABLE_QT5=Off -DENABLE_QT6=On -DENABLE_LIBRARY=Off -Wno-dev >cmake.log 2>&1
cmake --build fcitx/made >>cmake.log 2>&1 || { tail -30 cmake.log; exit 1; }
headers=$(find /usr/include -type d -path '*/qt6')
cp -r "$headers/QtCore" "$headers/QtGui" "$headers/QtDBus" fcitx/headers/
cp -r /usr/include/xkbcommon /usr/include/X11 fcitx/headers/
