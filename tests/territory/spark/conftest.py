"""One Spark session for the tests: two threads of this machine, no pages, no waiting."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def spark():
    pytest.importorskip("pyspark", reason="pip install 'mixrules[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java: apt-get install openjdk-17-jre-headless")
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.adaptive.enabled", "false")
        # A few rows: compiling each query takes longer than reading it as it stands.
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.log.level", "OFF")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.fixture(scope="session")
def database(spark):
    from mixrules.territory.spark.database import Database

    return Database(spark)


@pytest.fixture
def places(tmp_path):
    for name in ("spark", "duckdb"):
        Path(tmp_path / name).mkdir()
    return tmp_path
