"""Holds XML answers against the schemas that the server itself gives, with xmllint."""

import os
import pathlib
import re
import subprocess
import tempfile

FAULTS_MAX = 20


def xml_faults(oriel, answers):
    """What is wrong with the answers, each a pair of what it answers and its text."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("master", "vcloud", "vmext", "oriel", "versions"):
            status, _, text = oriel.call("GET", f"/api/v1.5/schema/{name}.xsd")
            if status != 200:
                return [f"{name}.xsd: {status}"]
            pathlib.Path(folder, name + ".xsd").write_bytes(text)
        files = []
        for number, (_, text) in enumerate(answers):
            files.append(os.path.join(folder, f"{number}.xml"))
            pathlib.Path(files[-1]).write_bytes(text)
        done = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema", os.path.join(folder, "master.xsd"),
             *files], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    faults = [re.sub(r"^\S*?(\d+)\.xml", lambda m: answers[int(m[1])][0], line)
              for line in done.stdout.splitlines() if not line.endswith(" validates")]
    if done.returncode and not faults:
        faults = [f"xmllint ended with {done.returncode}"]
    return faults[:FAULTS_MAX]
