#!/bin/sh
# Debian roots to build and to try packages in.
#   roots.sh make SUITE FOLDER [PACKAGE…]   a minimal root with these packages; nothing is done where it stands already
#                                           (SUITE/MACHINE for another machine, as in bullseye/arm64: qemu-user-static runs it)
#   roots.sh enter FOLDER COMMAND…          runs a command in it as root
#   roots.sh offline FOLDER COMMAND…        the same without any network
# Where Debian's packages come from is the business of debootstrap and of the machine's own apt settings. All mounts live in a mount
# namespace of their own and go with it.
set -eu
verb=$1
shift

make_root() {
    suite=$1 folder=$2
    shift 2
    stamp=$folder.packages machine=$(dpkg --print-architecture)
    case $suite in */*) machine=${suite#*/} ;; esac
    [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$suite $*" ] && return 0
    if [ ! -e "$folder.base" ]; then
        rm -rf --one-file-system "$folder"
        mkdir -p "$(dirname "$folder")"
        debootstrap --variant=minbase --include=ca-certificates --arch="$machine" "${suite%/*}" "$folder"
        touch "$folder.base"
    fi
    [ $# -eq 0 ] || {
        enter "" "$folder" apt-get -q update
        enter "" "$folder" apt-get -q -y install --no-install-recommends "$@"
    }
    echo "$suite $*" >"$stamp"
}

enter() {
    namespaces=$1 folder=$2
    shift 2
    cp /etc/resolv.conf /etc/hosts "$folder/etc/"
    cp /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/" 2>/dev/null || true
    grep -ls '^Acquire::' /etc/apt/apt.conf.d/* 2>/dev/null | grep -v docker | while read -r settings; do
        cp "$settings" "$folder/etc/apt/apt.conf.d/"
    done
    # shellcheck disable=SC2086
    unshare --mount --pid --fork $namespaces sh -c '
        folder=$1; shift
        mount --make-rprivate /
        mount -t proc proc "$folder/proc"
        mount --rbind /dev "$folder/dev"
        exec chroot "$folder" env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"' enter "$folder" "$@"
}

case $verb in
make) make_root "$@" ;;
enter) enter "" "$@" ;;
offline) enter "--net" "$@" ;;
*)
    echo "roots.sh: make, enter or offline" >&2
    exit 2
    ;;
esac
