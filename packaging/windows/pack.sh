#!/bin/sh
# Inside the root of tools, called by build.sh: `pack.sh compile VERSION` makes the .pyc files and the launcher, `pack.sh setup VERSION`
# the setup of what lies in /build; VERSION may be another one, to try updates with.
set -eu
verb=$1 version=$2
tree=/build/tree parts=/build/parts
cd "$parts"

compile() {
    # unchecked: neither the setup nor a stick keeps the times of files, and nothing in a version ever changes
    python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash -s "$tree" -p '' "$tree"
    numbers=$(echo "$version" | tr . ,),0
    x86_64-w64-mingw32-windres -DNUMBERS="$numbers" -DVERSION="\\\"$version\\\"" launcher.rc -O coff -o launcher.o
    x86_64-w64-mingw32-gcc -O2 -s -municode -mwindows -Wall -Wextra -Werror -Wl,--no-insert-timestamp launcher.c launcher.o -o perfdesk.exe
}

setup() { # OPTIONS of makensis
    size=$(du -sk "$tree" | cut -f1)
    longest=$(cd "$tree" && find . -type f | awk '{ if (length > longest) longest = length } END { print longest - 2 }')
    printf '\357\273\277' | cat - setup.nsi >marked.nsi # without a mark NSIS takes it for another encoding
    nice makensis -V2 "$@" -DVERSION="$version" -DPARTS="$parts" -DTREE="$tree" -DSIZE="$size" \
        -DLONGEST=$((258 - longest - ${#version} - 10)) marked.nsi
}

older() { # for smoke.sh: quickly packed
    setup '-XSetCompressor /FINAL zlib'
}

"$verb"
