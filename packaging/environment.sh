#!/bin/sh
# Makes the Python environment: environment.sh run|dev
# Installs exactly what requirements-$1.txt pins, each file checked against its hash, and does nothing when that was done
# already. Where the packages come from is the business of the machine's own pip settings.
set -eu
cd "$(dirname "$0")/.."
kind=$1
venv=${VENV:-.venv}
lock=requirements-$kind.txt
stamp=$venv/.installed

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
    "${PYTHON:-python3}" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || {
        echo "perfdesk needs Python 3.11, 3.12 or 3.13; name one with PYTHON=/path/to/python3" >&2
        exit 1
    }
    "${PYTHON:-python3}" -m venv --clear "$venv"
fi

# what is installed for development also serves to run
want=$("$venv/bin/python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$lock")
if ! { cat "$stamp-$kind" "$stamp-dev" | grep -qx "$want-$kind"; } 2>/dev/null; then
    echo "Installing $lock into $venv ..."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    if [ "$kind" = dev ]; then # the run lock is a part of the dev lock
        run=$("$venv/bin/python" -c 'import hashlib; print(hashlib.sha256(open("requirements-run.txt", "rb").read()).hexdigest())')
        printf '%s-dev\n%s-run\n' "$want" "$run" >"$stamp-dev"
    else
        echo "$want-run" >"$stamp-run"
    fi
fi

# the console command, straight from the source tree
cat >"$venv/bin/perfdesk" <<EOF
#!/bin/sh
PYTHONPATH="$PWD\${PYTHONPATH:+:\$PYTHONPATH}" exec "$(cd "$venv" && pwd)/bin/python" -m ui "\$@"
EOF
chmod +x "$venv/bin/perfdesk"
