# Sourced by ./run and ./test: finds a Python that is new enough and names it $python.
for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 ''; do
    if [ -z "$python" ]; then
        echo "✗ Máy cần Python 3.11 trở lên. Cài: sudo apt install python3 python3-venv" >&2
        exit 1
    fi
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi
done
