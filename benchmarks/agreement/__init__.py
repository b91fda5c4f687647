"""The three ways of deciding (durable-rules, direct, SQL) agree on every finding, over generated programmes."""
