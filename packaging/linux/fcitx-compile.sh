#!/bin/sh
# Inside the build root: the fcitx input method plugin for the Qt of the wheels, which bring ibus alone; /build/fcitx-plugin.so.
# Both ends speak D-Bus: fcitx 4 (Kylin V10) knows it as its own, fcitx 5 (newer Kylin, UOS) through its fcitx4 frontend. It is linked
# to the wheels' own Qt, whose private interface it uses, and to the old C library. The plugin is under a BSD licence.
# QT_GUI_BUILD_REMOVED_API lets the headers of Qt 6.8.2 declare a function as 6.8.0 has it, the last Qt with arm64 wheels for this C
# library; newer ones export it still, beside the template that took its place.
set -eu
qt=$1 # the folder of the wheels' libQt6*.so.6
cd /build/sources/fcitx
here=source/qt6/platforminputcontext made=made/qt6/platforminputcontext
autogen=$(echo "$made"/*_autogen)
version=$(basename "$(echo headers/QtGui/6.*)")
flags="-std=c++17 -O2 -fPIC -fvisibility=hidden -DQT_NO_KEYWORDS -DQT_PLUGIN -DQT_NO_DEBUG -DQT_GUI_BUILD_REMOVED_API -I$here -I$made -I$autogen/include"
for part in QtCore QtGui QtDBus; do
    flags="$flags -Iheaders/$part -Iheaders/$part/$version -Iheaders/$part/$version/$part"
done
# shellcheck disable=SC2086
g++ $flags -Iheaders -shared -Wl,--no-undefined -Wl,--as-needed -o /build/fcitx-plugin.so \
    "$autogen/mocs_compilation.cpp" $here/*.cpp $made/input*proxy.cpp \
    -L"$qt" -Wl,-rpath-link,"$qt" -Wl,-rpath,'$ORIGIN/../../lib' -l:libQt6Gui.so.6 -l:libQt6DBus.so.6 -l:libQt6Core.so.6 -l:libxkbcommon.so.0
strip --strip-unneeded /build/fcitx-plugin.so
