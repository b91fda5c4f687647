"""What other rules would do to many programmes: one parameter changed, or a second folder of rulebooks."""
