#!/bin/sh
# Inside the root, without network: one engine (fcitx, fcitx5, ibus) and the packaged program with its samples. 绩效 is typed as pinyin into
# a cell; the data file must hold it afterwards. Every line that begins with "ok" was seen to hold.
set -eu
engine=$1
cd /input
ok() { echo "ok   $engine: $*"; }
fail() { echo "FAIL $engine: $*" >&2; exit 1; }
picture() { import -window root "input-$engine-$1.png"; }
keys() { for key in "$@"; do xdotool key --delay 60 "$key"; sleep 0.15; done; }
click() { xdotool mousemove "$1" "$2" click 1; sleep 1; }

export HOME=/home/科员 XDG_RUNTIME_DIR=/tmp/runtime LANG=C.UTF-8 DISPLAY=:7
rm -rf "$HOME" "$XDG_RUNTIME_DIR" /tmp/.X* /tmp/fcitx*
mkdir -p "$HOME/.config/fcitx" "$HOME/.config/fcitx5" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
Xvfb :7 -screen 0 1366x768x24 >/dev/null 2>&1 &
sleep 2
openbox >/dev/null 2>&1 &

unset QT_IM_MODULE QT_IM_MODULES GTK_IM_MODULE XMODIFIERS
plugin=fcitx
case $engine in
fcitx) # as Kylin V10 and UOS name it
    export QT_IM_MODULE=fcitx XMODIFIERS=@im=fcitx
    printf '[Profile]\nIMName=pinyin\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n' >"$HOME/.config/fcitx/profile"
    fcitx -D >engine.log 2>&1 &
    activate="fcitx-remote -o"
    ;;
fcitx5) # a name that no plugin has
    export QT_IM_MODULE=fcitx5 XMODIFIERS=@im=fcitx
    printf '[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n[Groups/0/Items/0]\nName=keyboard-us\n[Groups/0/Items/1]\nName=pinyin\n[GroupOrder]\n0=Default\n' \
        >"$HOME/.config/fcitx5/profile"
    fcitx5 >engine.log 2>&1 &
    activate="fcitx5-remote -o"
    ;;
ibus) # nothing is named
    plugin=ibus
    dconf write /desktop/ibus/general/preload-engines "['libpinyin']"
    ibus-daemon -x >engine.log 2>&1 &
    activate="ibus engine libpinyin"
    ;;
esac
sleep 4
QT_DEBUG_PLUGINS=1 /usr/lib/perfdesk/perfdesk --samples >"program-$engine.log" 2>&1 &
program=$!
sleep 10
grep -q "lib${plugin}platforminputcontextplugin.so.*loaded" "program-$engine.log" || fail "its plugin is not loaded"
ok "QT_IM_MODULE=${QT_IM_MODULE:-} loads the plugin of $plugin"

xdotool mousemove 440 434 click --repeat 2 --delay 80 1 # a form of the list; its cell 实际完成情况
sleep 5
click 830 520
$activate || true
sleep 1
keys n i h a o
keys BackSpace Escape
keys Escape
sleep 1
keys j i x i a o
sleep 1
picture words
keys space
sleep 1
keys comma
click 855 614 # another cell
sleep 6
picture done
kill "$program"
wait "$program" || true
data=$HOME/.local/share/perfdesk/samples/perfdesk.db
grep -q "绩效，" "$data" "$data-wal" 2>/dev/null || fail "绩效， did not arrive"
ok "绩效， typed as pinyin stands in the data file"
