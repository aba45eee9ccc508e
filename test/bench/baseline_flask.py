"""The baseline: a code evaluation service as its first version usually looks.

Every request starts a fresh `python3 main.py` in a temporary directory and waits for it. There is no
sandbox. `servers.Baseline` runs it under gunicorn with two sync workers.
"""

import subprocess
import tempfile
from pathlib import Path

from flask import Flask, jsonify, request

PYTHON = "/usr/bin/python3"  # the interpreter that Playground's pool uses by default
TIMEOUT_SECONDS = 10

app = Flask(__name__)


@app.get("/readyz")
def ready():
    """200 as soon as a worker serves."""
    return jsonify({})


@app.post("/py/eval")
def evaluate():
    """`{"code": str}` → `{"stdout": str, "stderr": str}`; 400 without code, 504 after ten seconds."""
    code = request.get_json().get("code")
    if not isinstance(code, str):
        return jsonify({"error": "code must be a string"}), 400
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.py").write_text(code)
        try:
            run = subprocess.run([PYTHON, "main.py"], cwd=folder, stdin=subprocess.DEVNULL,
                                 capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            return jsonify({"error": "timeout"}), 504
    return jsonify({"stdout": run.stdout, "stderr": run.stderr})
