"""The same queries on Spark: what outgrows one machine is decided by a cluster, to the same bytes."""
