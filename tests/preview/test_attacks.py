"""What other sites, broken clients and hostile ones get for an answer."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import publication
import pytest
from running import Preview, read_answer, running

from newsletter.preview.app import MOST_LISTENERS
from newsletter.preview.security import ALWAYS, LARGEST_BODY
from newsletter.preview.serving import FIRST_WORD_S, MOST_CONNECTIONS

VERDICT = {"page": 1, "digest": "0" * 64, "verdict": "approved"}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all attacks of this module: it has to outlive them."""
    import _socket

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _socket.socket.connect)
        patch.setattr(socket, "getaddrinfo", lambda host, port, *_: [(2, 1, 0, "", (host, port))])
        with running(
            publication.make(tmp_path_factory.mktemp("paper")).root, "--by", "李雷"
        ) as one:
            one.wait()
            yield one


@pytest.fixture(autouse=True)
def alive_and_untouched(preview: Preview, loopback: None) -> Iterator[None]:
    """After each attack the preview answers as before, and nothing has been written."""
    yield
    assert preview.wait()["status"] == "ready"
    assert not (preview.root / "issues/one/review").exists()


def verdict(preview: Preview) -> dict[str, object]:
    return VERDICT | {"digest": preview.state()["pages"][0]["digest"]}


# Who asks


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "[::1]:{port}", "0.0.0.0:{port}", ""],
)
def test_another_host_is_not_ours(preview: Preview, host: str) -> None:
    """DNS rebinding: a name of another site that leads to this machine."""
    answer = preview.ask("GET", "/", {"Host": host.format(port=preview.port)})
    assert answer.status == 421
    assert preview.token not in answer.text


def test_no_host_and_two_hosts_are_refused(preview: Preview) -> None:
    own = preview.host.encode()
    assert preview.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status == 400
    two = b"GET / HTTP/1.1\r\nHost: %b\r\nHost: evil.example\r\nConnection: close\r\n\r\n" % own
    assert preview.send(two).status == 400
    assert preview.send(b"GET / HTTP/1.0\r\n\r\n").status == 421


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://{host}",
        "http://127.0.0.1:1",
        "http://{host}.evil.example",
    ],
)
def test_another_origin_is_refused_for_reading_and_writing(preview: Preview, origin: str) -> None:
    told = {"Origin": origin.format(host=preview.host)}
    assert preview.ask("GET", "/state.json", told).status == 403
    assert preview.write("/approvals", verdict(preview), told).status == 403


def test_what_another_site_embeds_is_refused_but_a_link_may_be_followed(preview: Preview) -> None:
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert preview.ask("GET", "/pages/1.png", embedded).status == 403
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert preview.ask("GET", "/", followed).status == 200


def test_a_write_needs_the_token_and_its_origin(preview: Preview) -> None:
    wish = verdict(preview)
    assert preview.write("/approvals", wish, {"X-Newsletter-Token": ""}).status == 403
    assert preview.write("/approvals", wish, {"X-Newsletter-Token": "guess"}).status == 403
    assert preview.write("/approvals", wish, {"X-Newsletter-Token": "é"}).status == 403
    assert preview.write("/approvals", wish, {"Origin": ""}).status == 403
    assert (
        preview.write("/comments/0123456789ab", {}, {"X-Newsletter-Token": ""}, "DELETE").status
        == 403
    )


def test_every_answer_forbids_scripts_of_others_frames_and_guesses(preview: Preview) -> None:
    for path in ("/", "/static/app.js", "/pages/1.png", "/state.json", "/nothing"):
        headers = preview.ask("GET", path).headers
        assert ALWAYS.items() <= headers.items(), path
    assert "'unsafe" not in ALWAYS["content-security-policy"]
    assert "<script>" not in preview.ask("GET", "/").text


# What for


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/....//app.py",
        "/static/index.html",
        "/static//etc/passwd",
        "/fonts/../family.yaml",
        "/fonts/NotoSansSC-Bold.otf",
        "/pages/../../newsletter.yaml",
        "/pages/..%2f..%2fnewsletter.yaml",
        "/pages/%2e%2e/%2e%2e/etc/passwd.png",
        "/pages/-1.png",
        "/pages/0.png",
        "/pages/6.png",
        "/pages/99999999999999999999999999.png",
        "/pages/1.png/../../newsletter.yaml",
        "/pages/1.png?digest=../../../../etc/passwd",
        "/pages/1.png?digest=" + "0" * 64,
        "/blocks/../state.json",
        "/newsletter.yaml",
        "//etc/passwd",
        "/%00",
    ],
)
def test_no_path_leads_to_a_file(preview: Preview, path: str) -> None:
    answer = preview.ask("GET", path)
    assert answer.status == 404
    assert len(answer.body) < 60


@pytest.mark.parametrize("dpi", ["1", "100000", "-72", "72.5", "", "ten", "٧٢"])
def test_pages_are_drawn_at_known_sizes_alone(preview: Preview, dpi: str) -> None:
    from urllib.parse import quote

    assert preview.ask("GET", f"/pages/1.png?dpi={quote(dpi)}").status == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(preview: Preview, method: str) -> None:
    assert preview.ask(method, "/").status == 403
    assert preview.write("/", {}, method=method).status == 405


def test_a_write_by_reading_is_refused(preview: Preview) -> None:
    assert preview.ask("GET", "/approvals").status == 405
    assert preview.ask("GET", "/comments").status == 405


# How much


def test_a_huge_body_is_refused_before_it_is_read(preview: Preview) -> None:
    told = {"Content-Length": str(10**10)}
    assert preview.write("/comments", {}, told).status == 413


def test_a_huge_body_without_a_length_is_refused_while_it_is_read(preview: Preview) -> None:
    chunk = b"%x\r\n" % LARGEST_BODY + b"x" * LARGEST_BODY + b"\r\n"
    head = (
        f"POST /comments HTTP/1.1\r\nHost: {preview.host}\r\nOrigin: {preview.origin}\r\n"
        f"X-Newsletter-Token: {preview.token}\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    ).encode()
    assert preview.send(head + 3 * chunk).status == 413


def test_long_addresses_and_headers_are_refused(preview: Preview) -> None:
    assert preview.ask("GET", "/" + "a" * 3000).status == 414
    assert preview.ask("GET", "/", {"Cookie": "a" * 200_000}).status in (0, 400, 431)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 30_000, 400),
        (b"{}", 422),
        (json.dumps(VERDICT | {"path": "/etc/passwd"}).encode(), 422),
        (json.dumps(VERDICT | {"page": "../1"}).encode(), 422),
        (json.dumps(VERDICT | {"digest": "../../x"}).encode(), 422),
        (json.dumps(VERDICT | {"page": 77}).encode(), 404),
        (json.dumps(VERDICT).encode(), 409),
    ],
)
def test_what_is_no_wish_is_refused(preview: Preview, body: bytes, status: int) -> None:
    told = {
        "Origin": preview.origin,
        "X-Newsletter-Token": preview.token,
        "Content-Type": "application/json",
    }
    assert preview.ask("POST", "/approvals", told, body).status == status


def test_a_form_of_another_site_has_the_wrong_type(preview: Preview) -> None:
    told = {"Content-Type": "text/plain"}
    assert preview.write("/approvals", verdict(preview), told).status == 415


@pytest.mark.parametrize("name", ["..", "%2e%2e%2f%2e%2e%2fissue", "0123456789ab", "*"])
def test_only_comments_that_are_there_can_be_removed(preview: Preview, name: str) -> None:
    assert preview.write(f"/comments/{name}", {}, method="DELETE").status in (404, 405)
    assert (preview.root / "issues/one/issue.yaml").is_file()


# How slowly, how often


def test_slow_clients_hold_up_nobody_and_are_hung_up_on(preview: Preview) -> None:
    slow = [preview.connect() for _ in range(30)]
    for line in slow:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
    begun = time.monotonic()
    assert preview.ask("GET", "/state.json").status == 200
    assert time.monotonic() - begun < 3
    for line in slow:
        line.settimeout(FIRST_WORD_S + 10)
        answer = line.recv(1000)
        assert answer == b"" or b"408" in answer
        line.close()


def test_a_body_that_never_comes_is_given_up(preview: Preview) -> None:
    head = (
        f"POST /comments HTTP/1.1\r\nHost: {preview.host}\r\nOrigin: {preview.origin}\r\n"
        f"X-Newsletter-Token: {preview.token}\r\nContent-Type: application/json\r\n"
        "Content-Length: 100\r\nConnection: close\r\n\r\n{"
    ).encode()
    assert preview.send(head).status == 408


def test_a_flood_of_listeners_leaves_room_for_everybody_else(preview: Preview) -> None:
    request = f"GET /events HTTP/1.1\r\nHost: {preview.host}\r\n\r\n".encode()
    lines = [preview.connect() for _ in range(MOST_LISTENERS + 16)]
    first = []
    for line in lines:
        line.sendall(request)
        first.append(line.recv(15))
    assert first.count(b"HTTP/1.1 200 OK") == MOST_LISTENERS
    assert first.count(b"HTTP/1.1 503 Se") == 16
    assert preview.ask("GET", "/pages/1.png").status == 200
    for line in lines:
        line.close()
    end = time.monotonic() + 20
    while preview.ask("HEAD", "/events").status != 200 and time.monotonic() < end:
        time.sleep(0.2)
    assert preview.ask("HEAD", "/events").status == 200


def test_a_flood_of_connections_is_answered_with_503(preview: Preview) -> None:
    lines = [preview.connect() for _ in range(MOST_CONNECTIONS + 20)]
    with preview.connect() as one:
        one.sendall(f"GET / HTTP/1.1\r\nHost: {preview.host}\r\nConnection: close\r\n\r\n".encode())
        assert read_answer(one).status == 503
    for line in lines:
        line.close()
