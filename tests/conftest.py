"""Servers that tests share: each is started for the first test that needs it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services import S3, PostgreSQL, Redis


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with PostgreSQL() as service:
        yield service


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    with Redis() as service:
        yield service


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    with S3() as service:
        yield service
