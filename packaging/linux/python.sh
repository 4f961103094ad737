#!/bin/sh
# Inside the build root: CPython and SQLite from Debian's newest stable sources, with Debian's security patches and none of those that
# fit a distribution (sources.sh brought them). They land in /opt/python; the root's old C library is what the result needs at the most.
set -eu
cd /build
unpack() { # NAME: the original source into ./NAME, Debian's additions into ./NAME.debian
    rm -rf "$1" "$1.debian"
    mkdir "$1" "$1.debian"
    tar -xf sources/"$1"_*.orig.tar.xz -C "$1" --strip-components=1
    tar -xf sources/"$1"_*.debian.tar.xz -C "$1.debian"
}

unpack sqlite3
(
    cd sqlite3
    ./configure --prefix=/opt/python --disable-static --disable-tcl --disable-readline \
        CFLAGS='-O2 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_SECURE_DELETE'
    make -j"$(nproc)"
    make install
) >sqlite.log 2>&1 || { tail -20 sqlite.log; exit 1; }

unpack python3.13
cd python3.13
# what mends, not what moves files to where a distribution wants them
grep -E '^(CVE-|ssl-|dict-use-after-free|traverse-managed-dicts)' ../python3.13.debian/debian/patches/series >../patches
while read -r patch; do
    patch -p1 -s <"../python3.13.debian/debian/patches/$patch"
done <../patches
{
    ./configure --prefix=/opt/python --enable-shared --with-ensurepip=install --disable-test-modules --without-doc-strings \
        CPPFLAGS=-I/opt/python/include LDFLAGS='-L/opt/python/lib -Wl,-rpath,/opt/python/lib' \
        LIBSQLITE3_CFLAGS=-I/opt/python/include LIBSQLITE3_LIBS='-L/opt/python/lib -lsqlite3' py_cv_module__tkinter=n/a
    make -j"$(nproc)"
    make install
} >../python.log 2>&1 || { tail -20 ../python.log; exit 1; }
/opt/python/bin/python3.13 -c '
import bz2, ctypes, lzma, sqlite3, ssl, sys, zlib
print(f"CPython {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {ssl.OPENSSL_VERSION}")'
echo "$(wc -l </build/patches) patches of Debian's"
