#!/bin/sh
# Inside the wine root, without network: every line that begins with "ok" was seen to hold; the first that does not ends it.
set -eu
user=科员
if [ "$(id -un)" != "$user" ]; then
    grep -q "^$user:" /etc/passwd || echo "$user:x:1000:1000::/home/$user:/bin/sh" >>/etc/passwd
    rm -rf "/home/$user" && rm -rf /tmp/.X* && mkdir -p "/home/$user" /tmp/.X11-unix && chmod 1777 /tmp/.X11-unix && chown 1000:1000 "/home/$user" /smoke
    exec setpriv --reuid=1000 --regid=1000 --clear-groups env HOME="/home/$user" USER="$user" LOGNAME="$user" sh "$0"
fi
cd /smoke
ok() { echo "ok   $*"; }
fail() { echo "FAIL $*" >&2; wineserver -k || true; exit 1; }
export WINEDEBUG=-all WINEPREFIX=$HOME/.wine DISPLAY=:7
version=$(cat version)
home='C:\软件 办公\绩效 (1)\填报台'
unix="$WINEPREFIX/drive_c/软件 办公/绩效 (1)/填报台"
data="$WINEPREFIX/drive_c/users/$user/AppData/Local/perfdesk"

Xvfb :7 -noreset -screen 0 1366x768x24 >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null' EXIT
sleep 2
wineboot --init >/dev/null 2>&1
for face in "MS Shell Dlg" "MS Shell Dlg 2" SimSun Tahoma; do # what Chinese Windows has, for the setup's own pages and title bars
    wine reg add 'HKLM\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes' /v "$face" /d "WenQuanYi Micro Hei" /f >/dev/null 2>&1
done
[ -d "$WINEPREFIX/drive_c/users/$user" ] || fail "the user is $(ls "$WINEPREFIX/drive_c/users")"
ok "$(wine --version 2>/dev/null | tail -1), user $user, network: $(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " " | tr "\n" " ")"

install() { SETUP=Z:\\smoke\\$1 TRIED=$home timeout 400 wine cmd /c smoke-windows.cmd ${2:-} >setup.log 2>&1; } # FILE [OPTION]
words() { TRIED=$home timeout 120 wine cmd /c smoke-windows.cmd "$@" 2>/dev/null; }
is() { [ "$(cat "$unix/$1")" = "$2" ] || fail "$1 says $(cat "$unix/$1"), not $2"; }
within() { # SECONDS COMMAND…: waits for something to hold
    limit=$1
    shift
    for _second in $(seq "$limit"); do "$@" && return 0; sleep 1; done
    return 1
}
painted() { import -window root "$1.png" && [ "$(identify -format %k "$1.png" || echo 0)" -gt "$2" ]; } # NAME COLOURS
desk() { # NAME COLOURS PROGRAM [ARGUMENT…]: runs a program on a desktop of its own and takes a picture once it has so many colours
    name=$1 colours=$2
    shift 2
    wine explorer "/desktop=$name,1366x768" "$@" >"$name.log" 2>&1 &
    within 120 painted "$name" "$colours" || fail "$name: nothing is to be seen after two minutes"
    sleep 4
    import -window root "$name.png"
}
trim() { # PICTURE…: of a small window on an empty desktop
    for one in "$@"; do convert "$one.png" -bordercolor "$(convert "$one.png" -format '%[pixel:p{1360,760}]' info:)" -trim +repage "$one.png"; done
}
close() { wineserver -k || true; wineserver -w; sleep 1; }

install old.exe || fail "the older setup does not install ($?)"
is current 0.0.9
[ ! -e "$unix/previous" ] || fail "a first installation has a version before it"
[ -f "$WINEPREFIX/drive_c/users/$user/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/绩效填报台.lnk" ] || fail "no entry in the start menu"
[ ! -e "$WINEPREFIX/drive_c/users/$user/Desktop/绩效填报台.lnk" ] || fail "an icon on the desktop that nobody asked for"
ok "installed 0.0.9 silently into $home"
words import 2025.json >import.log || { cat import.log; fail "import"; }
ok "took in 2025.json: $(tail -1 import.log)"
words list >before.log

words --version | grep -q "perfdesk $version" || fail "the version: $(words --version)"
words --trial | grep -q "perfdesk $version" || fail "the program does not make its window on trial, as an update asks for"
desk running 1500 "$home\\perfdesk.exe"
if install new.exe; then fail "the setup went over a running program"; fi
is current 0.0.9
close
ok "while the program runs the setup asks to close it and changes nothing"

install new.exe /DESKTOP || fail "the update does not install ($?)"
is current "$version"
is previous 0.0.9
[ -d "$unix/versions/0.0.9" ] && [ ! -e "$unix/versions/.new" ] || fail "versions holds $(ls -A "$unix/versions")"
[ -f "$WINEPREFIX/drive_c/users/$user/Desktop/绩效填报台.lnk" ] || fail "no icon on the desktop"
words list | cmp -s - before.log || fail "the forms of the older version are not all there"
ok "updated to $version over it; the forms are there, the older version is kept"
if install old.exe; then fail "an older setup went over a newer program"; fi
is current "$version"
ok "the older setup refuses to go back"

words export 2025-drafts.json --to pdf,xlsx,docx --out '结果 (1)' >export.log || { cat export.log; fail "export"; }
for kind in pdf xlsx docx; do
    [ -n "$(find '结果 (1)' -name "*.$kind" -size +4k)" ] || fail "no $kind was written"
done
ok "wrote $(find '结果 (1)' -type f | wc -l) files: PDF, Excel, Word"

desk window 1500 "$home\\perfdesk.exe" --samples
runs() { cat /proc/[0-9]*/comm 2>/dev/null | grep -qx "$1"; }
gone() { ! runs "$1"; }
runs pythonw.exe || fail "the window closed by itself"
within 20 gone perfdesk.exe || fail "the launcher waits although the program stands"
ok "the window stands, picture window.png ($(identify -format '%k colours' window.png)); the launcher has ended"
close

rm "$unix/versions/$version/Lib/site-packages/PySide6/Qt6Core.dll"
mv "$unix/versions/0.0.9" older
desk nothing 40 "$home\\perfdesk.exe"
close
mv older "$unix/versions/0.0.9"
ok "where no version starts a sentence says so, picture nothing.png"
desk fallback 1500 "$home\\perfdesk.exe"
case $(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n') in
*'versions\0.0.9\pythonw.exe'*) ;;
*) fail "a program that does not start does not give way to the one before" ;;
esac
within 60 grep -qx 0.0.9 "$unix/current" || fail "the version that does not start is still named"
close
install new.exe || fail "the damaged version cannot be installed again ($?)"
is current "$version"
is previous 0.0.9
ok "a damaged version gives way to the one before, and is installed again over it"

forms=$(stat -c %s "$data/perfdesk.db")
timeout 120 wine "$unix/uninstall.exe" /S >uninstall.log 2>&1 || fail "uninstall ($?)"
within 60 test ! -e "$unix" || fail "after the uninstall there is still $(find "$unix" | head)"
[ "$(stat -c %s "$data/perfdesk.db")" -ge "$forms" ] || fail "the uninstall took the data along"
[ ! -e "$WINEPREFIX/drive_c/users/$user/Desktop/绩效填报台.lnk" ] || fail "the icon on the desktop is still there"
ok "uninstalled; the data file stayed: $(stat -c %s "$data/perfdesk.db") bytes"

desk setup-1 100 'Z:\smoke\new.exe'
picture() { # KEY SECONDS NAME: presses a button of the setup by its letter and takes a picture
    xdotool key "$1"
    sleep "$2"
    import -window root "$3.png"
}
picture alt+n 3 setup-2
picture alt+i 4 setup-3
there=$data/../Programs/perfdesk
within 300 test -e "$there/uninstall.exe" || fail "the setup did not install into $there"
sleep 5
import -window root setup-4.png
close
desk uninstall-1 40 "$there/uninstall.exe"
picture alt+u 5 uninstall-2
within 60 test ! -e "$there/perfdesk.exe" || fail "the uninstaller did not take away the program"
sleep 3
import -window root uninstall-2.png
ok "the pages of the setup and of the uninstaller, pictures setup-1.png to setup-4.png, uninstall-1.png, uninstall-2.png"
close
trim setup-1 setup-2 setup-3 setup-4 uninstall-1 uninstall-2 nothing
for one in running window fallback; do convert "$one.png" -colors 128 "PNG8:$one.png"; done
