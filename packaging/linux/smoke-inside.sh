#!/bin/sh
# Inside the fresh root, without network: every line that begins with "ok" was seen to hold; the first that does not ends it.
set -eu
cd /smoke
ok() { echo "ok   $*"; }
fail() { echo "FAIL $*" >&2; exit 1; }
command -v python3 >/dev/null && fail "there is a Python in this root"
ok "no Python; the only network is:$(sed -n '3,$s/:.*//p' /proc/net/dev | tr '\n' ' ')"

export HOME=/home/科员 XDG_RUNTIME_DIR=/tmp/runtime
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
data=$HOME/.local/share/perfdesk

dpkg -i old.deb >dpkg.log 2>&1 || { cat dpkg.log; fail "the older package does not install"; }
ok "installed $(dpkg-query -W -f '${Version}' perfdesk)"
form=$(ls *.json | head -1)
perfdesk import "$form" >import.log || { cat import.log; fail "import of $form"; }
ok "took in $form: $(tail -1 import.log)"
before=$(perfdesk list | md5sum)

dpkg -i new.deb >>dpkg.log 2>&1 || { cat dpkg.log; fail "the update does not install"; }
ok "updated to $(dpkg-query -W -f '${Version}' perfdesk), says $(perfdesk --version)"
[ "$(perfdesk list | md5sum)" = "$before" ] || fail "the forms of the older version are not all there"
ok "the forms of the older version are there"
for old in old/*.db; do
    perfdesk import "$form" --store "$old" >old.log 2>&1 || { cat old.log; fail "$old of an older version does not open"; }
done
ok "opens the data files of $(ls old/*.db | wc -l) older schemas"

perfdesk export "$form" --to pdf,docx --out files >export.log 2>&1 || { cat export.log; fail "export"; }
perfdesk export "$form" --to xlsx --out files >xlsx.log 2>&1 || grep -q "是报告，不是表格" xlsx.log || { cat xlsx.log; fail "export"; }
for kind in pdf xlsx docx; do
    [ -n "$(find files -name "*.$kind" -size +4k)" ] || fail "no $kind was written"
done
ok "wrote $(find files -type f | wc -l) files: PDF, Excel, Word"

mkdir -p "/media/u盘 (一)/绩效"
tar -xJf portable.tar.xz -C "/media/u盘 (一)/绩效"
stick="/media/u盘 (一)/绩效/perfdesk"
said=$("$stick/perfdesk" --version)
"$stick/perfdesk" import "$form" >>import.log
[ -s "$stick/data/perfdesk.db" ] || fail "the portable program keeps its data elsewhere"
mv "$stick/current" "$stick/previous"
"$stick/perfdesk" list >>import.log || fail "the portable program does not fall back to its previous version"
mv "$stick/previous" "$stick/current"
ok "the portable program says $said, from “$stick”, its data beside it; without a current version it starts the previous one"

rm -f /tmp/.X7-lock /tmp/.X11-unix/X7 # of a run that was broken off
Xvfb :7 -screen 0 1366x768x24 >/dev/null 2>&1 &
server=$!
export DISPLAY=:7
sleep 2
"$stick/perfdesk" --trial | grep -q "^perfdesk " || fail "the program does not make its window on trial, as an update asks for"
window() { # NAME SECONDS [ARGUMENT…]: starts the window, takes a picture, closes it
    name=$1 pause=$2
    shift 2
    perfdesk "$@" >"$name.log" 2>&1 &
    program=$!
    sleep "$pause"
    kill -0 $program || { cat "$name.log"; fail "the window closed by itself"; }
    import -window root "$name.png"
    kill $program
    wait $program || true
}
export XDG_SESSION_TYPE=wayland
window window 6
unset XDG_SESSION_TYPE
ok "the window stands, in what calls itself a Wayland session too, picture window.png ($(identify -format '%k colours' window.png))"
window samples 9 --samples
ok "the samples stand, picture samples.png"

before=$(perfdesk list | wc -l)
cp 2025.json '给 窗口 [1].json'
perfdesk >handed.log 2>&1 &
program=$!
sleep 6
timeout 30 perfdesk '给 窗口 [1].json' || fail "the second start did not hand its file over ($?)"
sleep 5
import -window root handed.png
[ "$(perfdesk list | wc -l)" -gt "$before" ] || { cat handed.log; fail "the open window did not take in what it was handed"; }
kill $program
wait $program || true
ok "a second start hands its file to the open window, picture handed.png"

export QT_DEBUG_PLUGINS=1
for method in fcitx ibus; do
    QT_IM_MODULE=$method dbus-run-session -- sh -c "timeout 8 perfdesk --samples" >"$method.log" 2>&1 || true
    grep -q "lib${method}platforminputcontextplugin.so\" loaded library" "$method.log" || {
        grep -i "inputcontext" "$method.log" | tail -5
        fail "the plugin of $method does not load"
    }
    ok "QT_IM_MODULE=$method loads $(grep -o "lib${method}platforminputcontextplugin.so" "$method.log" | head -1)"
done
unset QT_DEBUG_PLUGINS
kill $server

grep -q perfdesk /usr/share/applications/mimeinfo.cache || fail "the desktop does not know the data packages"
for ending in perfdesk.zip perfdesk-update; do
    grep -q "\*\.$ending" /usr/share/mime/globs2 || fail "the desktop does not know what a .$ending is"
done
ok "the desktop knows .perfdesk.zip and .perfdesk-update"

apt-get -q -y purge perfdesk >>dpkg.log 2>&1 || { tail dpkg.log; fail "purge"; }
[ -e /usr/lib/perfdesk ] && fail "the program is still there after a purge"
[ -s "$data/perfdesk.db" ] || fail "the purge took the data along"
ok "purged; the data file stayed: $(stat -c %s "$data/perfdesk.db") bytes"
