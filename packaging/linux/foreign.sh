#!/bin/sh
# Inside a root of another machine: foreign.sh aarch64. The compilers of the machine that builds, making programs for the root's one;
# emulated they would take many times as long, and everything else is quick enough. Debian's tools do not install them into a root of
# another machine: they are fetched, checked by apt against Debian's signed lists, and unpacked beside what is there.
set -eu
target=$1-linux-gnu arm=$(dpkg --print-architecture)
stamp=/usr/local/bin/gcc
[ ! -e $stamp ] || exit 0
dpkg --add-architecture amd64
apt-get -q update
apt-get -q -y install --no-install-recommends libc6-dev make:amd64 libbinutils:amd64 libgmp10:amd64 libisl23:amd64 libmpc3:amd64 \
    libmpfr6:amd64 libstdc++6:amd64 libzstd1:amd64 zlib1g:amd64
rm -rf /fetched && mkdir /fetched && chown _apt /fetched && cd /fetched
apt-get -q download "cpp-10-$target:amd64" "gcc-10-$target:amd64" "g++-10-$target:amd64" "binutils-$target:amd64" \
    "libgcc-10-dev-$arm-cross" "libgcc-s1-$arm-cross" "libstdc++-10-dev-$arm-cross" "libstdc++6-$arm-cross"
for package in *.deb; do dpkg-deb -x "$package" /; done
cd / && rm -r /fetched
for tool in ar as ld nm objcopy objdump ranlib readelf strip; do ln -sf "/usr/bin/$target-$tool" "/usr/local/bin/$tool"; done
ln -sf "/usr/bin/$target-g++-10" /usr/local/bin/g++
ln -sf "/usr/bin/$target-gcc-10" /usr/local/bin/cc
ln -sf "/usr/bin/$target-gcc-10" $stamp
