"""What was decided: an append-only register, its verification, its replay and its follow-up."""
