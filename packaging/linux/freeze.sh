#!/bin/sh
# Inside the build root: the program in /build/source and the wheels in /build/wheels become /build/dist/perfdesk, a folder that runs on
# any desktop with the C library of this root or a newer one.
set -eu
cd /build
rm -rf venv dist work
/opt/python/bin/python3.13 -m venv venv
venv/bin/python -m pip install --quiet --no-index --find-links wheels --requirement wheels/run.txt --requirement wheels/package.txt
qt=$(venv/bin/python -c 'import PySide6, pathlib; print(pathlib.Path(PySide6.__file__).parent / "Qt")')
sh source/packaging/linux/fcitx-compile.sh "$qt/lib"
# PySide carries a part of itself as source that it compiles at each start, unless it finds it beside its library
SBK_EMBED=0 venv/bin/python -c 'import PySide6.QtCore'
cp fcitx-plugin.so "$qt/plugins/platforminputcontexts/libfcitxplatforminputcontextplugin.so"
# the same result from the same source: no hash seed, the date of the commit
PYTHONHASHSEED=1 PYTHONPATH=source venv/bin/python -m PyInstaller --noconfirm --log-level WARN --workpath work --distpath dist \
    source/packaging/linux/perfdesk.spec
support=dist/perfdesk/_internal/shiboken6/files.dir
cp -r "$(dirname "$qt")/../shiboken6/files.dir" "$support"
: >"$support/shibokensupport/signature/lib/pyi_generator.py" # writes interface files, which nobody does here, and takes longest to load
venv/bin/python -OO -m compileall -q -b --invalidation-mode unchecked-hash "$support"
find "$support" \( -name '*.py' -o -name __pycache__ \) -exec rm -r {} +
find dist/perfdesk -xtype l -delete # PyInstaller's links to libraries that stay out
venv/bin/python source/packaging/linux/icu.py "$(echo dist/perfdesk/_internal/PySide6/Qt/lib/libicudata.so.*)"
find dist/perfdesk -type f \( -name '*.so' -o -name '*.so.*' \) -exec strip --strip-unneeded {} + 2>/dev/null || true
PYTHONPATH=source venv/bin/python source/packaging/pack_faces.py dist/perfdesk/_internal/resources/fonts
venv/bin/python source/packaging/linux/elf_floor.py dist/perfdesk
venv/bin/python source/packaging/bundle_licences.py dist/perfdesk --modules work/perfdesk/PYZ-00.toc --notice
# no PIE: file managers start what calls itself an executable, and open what calls itself a library
gcc -std=c11 -O2 -Wall -Wextra -Werror -no-pie -s -o dist/launcher source/packaging/linux/launcher.c
du -sm dist/perfdesk
