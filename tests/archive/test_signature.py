"""Signatures stand beside their bags, are checked, and are told when they are not good."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.archive.damage import make

from commandline import Run
from newsletter.archive.audit import Scope, audit
from newsletter.archive.signature import called, signature_files
from newsletter.archive.stacks import Archive

NAME = "绿色联盟档案室"
PASSPHRASE = "丝路 2021"  # noqa: S105 - of a key that is made here


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key of its own making, its certificate, and its passphrase."""
    folder = tmp_path_factory.mktemp("identity")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    day = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day)
        .not_valid_after(day + dt.timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    lock = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    packed = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, lock)
    (folder / "id.p12").write_bytes(packed)
    (folder / "ca.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return make(tmp_path / "archive")


def signed(run: Run, archive: Path, identity: Path, name: str = "2002/v1") -> str:
    key = ("--key", str(identity / "id.p12"), "--passphrase-file", str(identity / "passphrase"))
    return run("archive", "--archive", str(archive), "sign", name, *key).output


def codes(archive: Path) -> list[str]:
    return [found.code for found in audit(Archive(archive), Scope()).findings]


def test_a_signature_stands_beside_its_bag_and_verify_names_the_signer(
    run: Run, archive: Path, identity: Path
) -> None:
    assert signed(run, archive, identity) == "signed: archive/2002/v1.p7s\n"
    assert signed(run, archive, identity) == "signed: archive/2002/v1-2.p7s\n"
    assert len(signature_files(Archive(archive), "2002/v1")) == 2
    assert signature_files(Archive(archive), "2002/v2") == []
    result = run("archive", "--archive", str(archive), "verify")
    assert result.exit_code == 0
    assert result.output.count(f"2002/v1: signed by {NAME}") == 2


def test_a_signer_is_called_by_name_before_organisation_and_country() -> None:
    subject = {"country_name": "CN", "organization_name": "绿色联盟", "common_name": "王编辑"}
    assert called(subject) == "王编辑 / 绿色联盟 / CN"
    assert called({"organizational_unit_name": ["档案室", "一组"]}) == "档案室 一组"


def test_a_signature_of_another_bag_is_told(run: Run, archive: Path, identity: Path) -> None:
    signed(run, archive, identity)
    shutil.copy(archive / "2002/v1.p7s", archive / "2002/v2.p7s")
    assert codes(archive) == ["N799"]


def test_a_broken_signature_is_told(run: Run, archive: Path, identity: Path) -> None:
    signed(run, archive, identity)
    path = archive / "2002/v1.p7s"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert codes(archive) == ["N799"]
    for rubbish in (b"", b"rubbish" * 100, data[:50]):
        path.write_bytes(rubbish)
        assert codes(archive) == ["N799"]


def test_a_signature_without_its_bag_was_not_archived(archive: Path) -> None:
    (archive / "2002/v9.p7s").write_bytes(b"x")
    assert codes(archive) == ["N775"]


def test_a_key_that_cannot_be_used_is_told(run: Run, archive: Path, identity: Path) -> None:
    (identity / "wrong").write_text("wrong\n", "utf-8")
    for key, passphrase in (("id.p12", "wrong"), ("ca.pem", "passphrase"), ("none", "passphrase")):
        options = ("--key", str(identity / key), "--passphrase-file", str(identity / passphrase))
        result = run("archive", "--archive", str(archive), "sign", "2002", *options)
        assert (result.exit_code, "N757" in result.output) == (1, True)
    assert list(archive.glob("*/*.p7s")) == []


def test_without_a_terminal_the_passphrase_is_read_from_standard_input(
    archive: Path, identity: Path
) -> None:
    command = [sys.executable, "-W", "error", "-c", "from newsletter.cli import main; main()"]
    command += ["archive", "--archive", str(archive), "sign", "2002/v1", "--key"]
    for key, text, status in (("none", "", 1), ("id.p12", "wrong", 1), ("id.p12", PASSPHRASE, 0)):
        done = subprocess.run(
            [*command, str(identity / key)],
            check=False,
            input=f"{text}\n",
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stderr
        assert "Warning" not in done.stderr
        assert ("N757" in done.stdout + done.stderr) == bool(status)


def test_without_the_library_it_is_said_that_nothing_was_checked(
    run: Run, archive: Path, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(run, archive, identity)
    for name in ("pyhanko.sign.signers", "pyhanko.sign.validation"):
        monkeypatch.setitem(sys.modules, name, None)
    assert codes(archive) == ["N758"]
    assert run("archive", "--archive", str(archive), "verify").exit_code == 0
    assert "N757" in signed(run, archive, identity)


def test_another_tool_finds_it_good(run: Run, archive: Path, identity: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here")
    signed(run, archive, identity)
    issue = archive / "2002"
    files = ("-in", issue / "v1.p7s", "-content", issue / "v1/tagmanifest-sha512.txt")
    trust = ("-CAfile", identity / "ca.pem", "-purpose", "any", "-out", "/dev/null")
    command = (openssl, "cms", "-verify", "-binary", "-inform", "DER", *files, *trust)
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
