"""What is submitted: the model, the scope tree, the readers and the plain template."""
