"""spark-submit spark.py NAMES OUT: the files that NAMES lists, one a line, over a Spark cluster.

Every partition is one `logopress batch`, so a task that is run again skips what is done. NAMES and
OUT are on a file system that all workers mount. The lines come back as a table.
"""

import json
import subprocess
import sys


def batch(names, out):
    """What became of each file: the lines of one process."""
    run = subprocess.run(
        ["logopress", "batch", "-o", out, "--formats", "svg,pdf"],
        input="\n".join(names),
        capture_output=True,
        text=True,
    )
    # 1 says that some files failed, which their lines explain; anything else, that the process did.
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stderr)
    return [json.loads(line) for line in run.stdout.splitlines()]


def main(names, out):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("logopress").getOrCreate()
    lines = (
        spark.sparkContext.textFile(names, minPartitions=spark.sparkContext.defaultParallelism * 4)
        .mapPartitions(lambda part: map(json.dumps, batch(part, out)))
        .cache()
    )
    spark.read.json(lines).groupBy("status").count().show()


if __name__ == "__main__":
    main(*sys.argv[1:])
