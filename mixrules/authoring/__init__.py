"""What a rule author needs: worked examples run as tests."""
